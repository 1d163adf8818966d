package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A {@link KeyService} did not do what it was asked. The message never holds key bytes. */
public abstract sealed class KeyServiceException extends IOException
    permits WrongKeyException, KeyMissingException, KeyUnavailableException {
  @Serial private static final long serialVersionUID = 1L;

  KeyServiceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

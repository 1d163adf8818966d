package io.aifs.crypto;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The key service cannot answer now. Trying again later may help. */
public final class KeyUnavailableException extends KeyServiceException {
  @Serial private static final long serialVersionUID = 1L;

  public KeyUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

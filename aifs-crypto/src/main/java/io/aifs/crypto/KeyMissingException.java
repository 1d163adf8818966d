package io.aifs.crypto;

import java.io.Serial;

/** The key service has no key of this id: it was destroyed, or belongs to another service. */
public final class KeyMissingException extends KeyServiceException {
  @Serial private static final long serialVersionUID = 1L;

  public KeyMissingException(String message) {
    super(message, null);
  }
}

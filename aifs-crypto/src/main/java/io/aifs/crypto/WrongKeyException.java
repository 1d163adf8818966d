package io.aifs.crypto;

import java.io.Serial;

/**
 * The key exists and does not open these bytes: they were wrapped by another key or with another
 * context, or were changed since. Trying again does not help.
 */
public final class WrongKeyException extends KeyServiceException {
  @Serial private static final long serialVersionUID = 1L;

  public WrongKeyException(String message) {
    super(message, null);
  }
}

package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;

/** The stored form of a key is intact and of a version that this build does not know. */
public final class NewerKeyFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public NewerKeyFormatException(String message) {
    super(message);
  }
}

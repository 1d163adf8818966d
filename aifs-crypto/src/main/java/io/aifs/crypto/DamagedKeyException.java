package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;

/** The stored form of a key was changed, cut or mistyped: its checksum says so. */
public final class DamagedKeyException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public DamagedKeyException(String message) {
    super(message);
  }
}

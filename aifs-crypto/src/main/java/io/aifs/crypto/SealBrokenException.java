package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;

/** A sealed record does not open: its bytes or its context were changed. */
public final class SealBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public SealBrokenException(String message) {
    super(message);
  }
}

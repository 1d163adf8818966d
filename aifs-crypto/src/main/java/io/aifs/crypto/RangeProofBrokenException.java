package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;

/** A range proof does not show what it says: it, its range's bytes or their place were changed. */
public final class RangeProofBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public RangeProofBrokenException(String message) {
    super(message);
  }
}

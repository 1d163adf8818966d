package io.aifs.crypto;

import java.io.IOException;
import java.io.Serial;

/** A range proof is of a version that this build does not know. */
public final class NewerRangeProofException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public NewerRangeProofException(String message) {
    super(message);
  }
}

package io.aifs.core.tree;

import java.io.IOException;
import java.io.Serial;

/** Bytes that should be a proof of inclusion are none. The message says what is wrong with them. */
public final class InclusionProofBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public InclusionProofBrokenException(String message) {
    super(message);
  }
}

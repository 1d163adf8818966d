package io.aifs.vector;

import java.io.IOException;

/** What is at rest of an index is not what was written. It has to be built again. */
public final class IndexDamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  public IndexDamagedException(String message, Throwable cause) {
    super(message, cause);
  }

  public IndexDamagedException(String message) {
    super(message);
  }
}

package io.aifs.server.engine.search;

import java.io.IOException;

/** An index did not do what it is for: it has to be built again. */
final class IndexFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  IndexFailedException(Exception cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}

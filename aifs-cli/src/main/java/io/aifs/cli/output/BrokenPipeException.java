package io.aifs.cli.output;

import java.io.IOException;
import java.io.Serial;

/** Whoever read standard output is gone: nothing more to do, and nothing to complain about. */
public final class BrokenPipeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  BrokenPipeException(IOException cause) {
    super("standard output is closed", cause);
  }
}

package io.aifs.server.crash;

import java.util.List;

/** A seed that failed, and how to see it again. */
final class SeedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long seed;
  private final transient List<String> trace;

  SeedFailure(long seed, List<String> trace, Throwable cause) {
    super(
        "seed "
            + seed
            + " failed: "
            + cause.getMessage()
            + "\nreplay: scripts/crash --seed "
            + seed,
        cause);
    this.seed = seed;
    this.trace = trace;
  }

  long seed() {
    return seed;
  }

  /** What led to it, if that was asked for. */
  List<String> trace() {
    return trace;
  }
}

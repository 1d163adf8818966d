package io.aifs.cli.command;

/** How much to do at once in the memory that there is. */
final class MemoryBound {
  /** What one job may hold: a batch as it is read, as a message, and a store working on it. */
  private static final long JOB_BYTES = 32L << 20;

  /** At most {@code wanted}, and at least one. */
  static int jobs(int wanted) {
    return Math.clamp(Runtime.getRuntime().maxMemory() / JOB_BYTES, 1, wanted);
  }

  private MemoryBound() {}
}

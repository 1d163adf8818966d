package io.aifs.crypto;

import java.util.concurrent.TimeUnit;

/** Runs a kernel until the JIT has made it faster than another, or until patience ends. */
final class Blake3WarmUp {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int RUNS_PER_TIMING = 8;
  private static final int TIMINGS_TO_SETTLE = 32;

  /** One input for the widest lanes and one for the narrower ones. */
  private static final int[] INPUT_BYTES = {Blake3Tree.GROUP_BYTES, 8 * Blake3Spec.CHUNK_BYTES};

  private final byte[] data = new byte[Blake3Tree.GROUP_BYTES];
  private final byte[] out = new byte[Blake3Spec.VALUE_BYTES];
  private final Blake3Kernel known;
  private final Blake3Kernel candidate;

  Blake3WarmUp(Blake3Kernel known, Blake3Kernel candidate) {
    this.known = known;
    this.candidate = candidate;
  }

  /** Whether {@code candidate} became faster than {@code known} on inputs of every size. */
  boolean succeeds() {
    long start = System.nanoTime();
    for (int bytes : INPUT_BYTES) {
      long knownNanos = Long.MAX_VALUE;
      for (int i = 0; i < TIMINGS_TO_SETTLE; i++) {
        knownNanos = Math.min(knownNanos, time(known, bytes, RUNS_PER_TIMING));
      }
      while (time(candidate, bytes, 1) * RUNS_PER_TIMING >= knownNanos) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          return false;
        }
      }
    }
    return true;
  }

  private long time(Blake3Kernel kernel, int bytes, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      Blake3Tree.hash(kernel, Blake3Mode.HASH, data, 0, bytes, out);
    }
    return System.nanoTime() - start;
  }
}

package io.aifs.server.catalog.sqlite;

import java.time.Instant;

/** Times as the catalog keeps them: whole nanoseconds since the epoch, years 1678 to 2261. */
final class Nanos {
  private static final long PER_SECOND = 1_000_000_000;

  /**
   * @throws ArithmeticException if it is outside those years
   */
  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
  }

  /** The nearest time that a row can hold, for a time that is only compared with. */
  static long ofNearest(Instant instant) {
    try {
      return of(instant);
    } catch (ArithmeticException _) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }

  private Nanos() {}
}

package io.aifs.server.engine.jobs;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to pause after failures: twice as long after each, never longer than the interval, and
 * somewhere in the upper half of that, so that jobs that failed together do not come back together.
 */
final class RetryPause {
  private static final long START_MILLIS = 60_000;
  private static final long FIRST_MILLIS = 5_000;
  private static final int DOUBLINGS_MAX = 30;

  private final DoubleSupplier random;

  /**
   * @param random from 0 to 1
   */
  RetryPause(DoubleSupplier random) {
    this.random = random;
  }

  /** How long to wait for the first turn: a store that was just opened has other things to do. */
  Duration atStart(Duration interval) {
    return upTo(START_MILLIS, interval);
  }

  Duration after(int failures, Duration interval) {
    return upTo(FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS_MAX), interval);
  }

  private Duration upTo(long millis, Duration interval) {
    long longest = Math.min(millis, interval.toMillis());
    return Duration.ofMillis((long) (longest * (0.5 + random.getAsDouble() / 2)));
  }
}

package io.aifs.server.engine.jobs;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to pause after failures: twice as long after each, never longer than the interval, and
 * somewhere in the upper half of that, so that jobs that failed together do not come back together.
 */
final class RetryPause {
  private static final long FIRST_MILLIS = 5_000;
  private static final int DOUBLINGS_MAX = 30;

  private final DoubleSupplier random;

  /**
   * @param random from 0 to 1
   */
  RetryPause(DoubleSupplier random) {
    this.random = random;
  }

  Duration after(int failures, Duration interval) {
    long doubled = FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS_MAX);
    long longest = Math.min(doubled, interval.toMillis());
    return Duration.ofMillis((long) (longest * (0.5 + random.getAsDouble() / 2)));
  }
}

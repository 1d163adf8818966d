package io.aifs.client.internal;

import io.aifs.client.ClientOptions.Retries;
import java.time.Duration;

/**
 * Whether and when one logical call is tried again: exponential delays, each spread over its upper
 * half so that clients that failed together do not come back together. One thread at a time.
 */
final class Backoff {
  private final Retries retries;
  private final Surroundings surroundings;
  private int failures;

  Backoff(Retries retries, Surroundings surroundings) {
    this.retries = retries;
    this.surroundings = surroundings;
  }

  /**
   * Waits before the next attempt; false when there shall be none.
   *
   * @param waitMax the longest wait that makes sense
   */
  boolean awaitNext(Failure failure, Duration waitMax) throws InterruptedException {
    failures++;
    if (!failure.passing() || failures >= retries.attemptsMax()) {
      return false;
    }
    Duration delay = jittered(failure.retryAfter());
    if (delay.compareTo(waitMax) >= 0) {
      return false;
    }
    surroundings.sleeper().sleep(delay);
    return true;
  }

  /** Something moved: the next failure is a first one. */
  void reset() {
    failures = 0;
  }

  private Duration jittered(Duration atLeast) {
    int doublings = Math.min(failures - 1, 30);
    long full =
        Math.min(retries.delayMax().toMillis(), retries.firstDelay().toMillis() << doublings);
    long half = Math.max(1, full / 2);
    Duration delay = Duration.ofMillis(half + surroundings.jitter().nextLong(half + 1));
    return atLeast.compareTo(delay) > 0 ? atLeast.plus(delay) : delay;
  }
}

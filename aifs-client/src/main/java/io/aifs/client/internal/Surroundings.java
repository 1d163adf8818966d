package io.aifs.client.internal;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a client takes from the world, so that tests can give something else.
 *
 * @param requestIds a new request id for each logical call: 32 hex digits
 * @param jitter spreads the retries of clients that failed together
 */
record Surroundings(Supplier<String> requestIds, RandomGenerator jitter, Sleeper sleeper) {

  /** Lets time pass between two attempts. */
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }
}

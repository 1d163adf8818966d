package io.aifs.client.internal;

import io.aifs.core.AifsException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Renews a lease three times in its length, on a thread of its own. Thread-safe. */
final class LeaseKeeper implements AutoCloseable {
  private static final int RENEWALS = 3;

  private final CountDownLatch end = new CountDownLatch(1);

  private LeaseKeeper() {}

  /** Begins to renew. */
  static LeaseKeeper start(Runnable renew, Duration lease) {
    LeaseKeeper keeper = new LeaseKeeper();
    long nanos = lease.dividedBy(RENEWALS).toNanos();
    Thread.ofVirtual().name("aifs-lease").start(() -> keeper.run(renew, nanos));
    return keeper;
  }

  private void run(Runnable renew, long nanos) {
    try {
      boolean renewed = true;
      while (renewed && !end.await(nanos, TimeUnit.NANOSECONDS)) {
        renewed = tryRenew(renew);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false if there is nothing to renew any more: whoever uses it is told why. */
  private static boolean tryRenew(Runnable renew) {
    try {
      renew.run();
      return true;
    } catch (AifsException e) {
      return e instanceof AifsException.Unavailable; // it may be there again in time
    }
  }

  /** Renews no more. Does not wait. */
  @Override
  public void close() {
    end.countDown();
  }
}

package io.aifs.server.grpc.flow;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Notices transfers that move no byte. Thread-safe. */
public final class StallWatch {
  private final ScheduledExecutorService scheduler;
  private final long stallMillis;

  public StallWatch(ScheduledExecutorService scheduler, long stallMillis) {
    this.scheduler = scheduler;
    this.stallMillis = stallMillis;
  }

  /** The watch of a real server. */
  public static StallWatch of(ScheduledExecutorService scheduler) {
    return new StallWatch(scheduler, Limits.STALL_MILLIS);
  }

  public long stallMillis() {
    return stallMillis;
  }

  /**
   * Runs {@code stalled} when {@code progress} did not change from one look to the next; looks
   * until it is cancelled.
   */
  public ScheduledFuture<?> watch(LongSupplier progress, Runnable stalled) {
    Look look = new Look(progress, stalled);
    return scheduler.scheduleWithFixedDelay(look, stallMillis, stallMillis, TimeUnit.MILLISECONDS);
  }

  /** What the other side is told. */
  public AifsException.Unavailable stalled(String what) {
    return new AifsException.Unavailable(
        Reason.STALLED,
        what + " moved no byte for " + stallMillis + " ms and was ended",
        "look at the network between client and server, and try again",
        null);
  }

  private static final class Look implements Runnable {
    private final LongSupplier progress;
    private final Runnable stalled;
    private long before;

    Look(LongSupplier progress, Runnable stalled) {
      this.progress = progress;
      this.stalled = stalled;
      this.before = progress.getAsLong();
    }

    @Override
    public void run() {
      long now = progress.getAsLong();
      if (now == before) {
        stalled.run();
      }
      before = now;
    }
  }
}

package io.aifs.server.engine.jobs;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A {@link JobTimer} with one thread that waits, started when it is first needed. */
public final class ThreadJobTimer implements JobTimer {
  // A daemon: what must end well is waited for by Jobs.
  private final ScheduledExecutorService waiting =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("aifs-job-timer").daemon().factory());

  @Override
  public Pending after(Duration delay, Runnable task) {
    ScheduledFuture<?> future =
        waiting.schedule(
            () -> Thread.ofVirtual().name("aifs-job").start(task),
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    waiting.shutdownNow();
  }
}

package io.aifs.server.engine.search;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What is done in the background, in order: indexes are opened one after the other, and built one
 * after the other beside that, so that neither takes all memory and processors. Thread-safe.
 */
final class IndexWork implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(IndexWork.class.getName());
  private static final int END_SECONDS_MAX = 60;

  private final ScheduledThreadPoolExecutor opening = executor("aifs-vectors-open");
  private final ScheduledThreadPoolExecutor building = executor("aifs-vectors-build");
  private volatile boolean closing;

  private static ScheduledThreadPoolExecutor executor(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  void open(Runnable task) {
    later(opening, Duration.ZERO, task);
  }

  void build(Runnable task) {
    later(building, Duration.ZERO, task);
  }

  /** Does something quick after a while. */
  void later(Duration pause, Runnable task) {
    later(opening, pause, task);
  }

  private void later(ScheduledThreadPoolExecutor executor, Duration pause, Runnable task) {
    try {
      var _ = executor.schedule(() -> run(task), pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // it is closed: whatever was to be done is done after the next start
    }
  }

  private void run(Runnable task) {
    if (closing) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "work on vector indexes failed", e);
    }
  }

  boolean closing() {
    return closing;
  }

  /** Has what has not begun left out; what runs may end. */
  void stop() {
    closing = true;
    opening.shutdown();
    building.shutdown();
  }

  /** Waits for what runs. */
  @Override
  public void close() {
    stop();
    try {
      if (!opening.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)
          || !building.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "work on vector indexes did not end: it is cut off");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

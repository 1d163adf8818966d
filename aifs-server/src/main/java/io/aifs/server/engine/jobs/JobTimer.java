package io.aifs.server.engine.jobs;

import java.time.Duration;

/** Runs things later, each on a thread of its own. Thread-safe. */
public interface JobTimer extends AutoCloseable {
  /** Runs {@code task} once, when {@code delay} has passed. */
  Pending after(Duration delay, Runnable task);

  /** Forgets what has yet to run. */
  @Override
  void close();

  /** Something that has yet to run. */
  interface Pending {
    /** Takes it back; without effect once it has begun. */
    void cancel();
  }
}

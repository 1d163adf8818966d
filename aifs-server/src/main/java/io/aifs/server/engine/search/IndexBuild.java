package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The building of an index, which any number of callers may wait for. Thread-safe. */
final class IndexBuild {
  /** After so long without news it is told that there is none: callers must not think it dead. */
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final long quietNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cancelled;
  private long done;
  private long total;
  private boolean ended;
  private Optional<Exception> failure = Optional.empty();

  IndexBuild() {
    this(QUIET_NANOS);
  }

  /**
   * @param quietNanos after how long without news that is told
   */
  IndexBuild(long quietNanos) {
    this.quietNanos = quietNanos;
  }

  /** Ends it early. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  /**
   * Returns if it may go on.
   *
   * @throws CancellationException if it may not
   */
  void check() {
    if (cancelled) {
      throw new CancellationException("the building of the index was cancelled");
    }
  }

  void progress(long nowDone, long ofTotal) {
    change(
        () -> {
          done = nowDone;
          total = Math.max(nowDone, ofTotal);
        });
  }

  void succeeded() {
    change(() -> ended = true);
  }

  void failed(Exception why) {
    change(
        () -> {
          ended = true;
          failure = Optional.of(why);
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when the index is built.
   *
   * @param listener told of progress on this thread, and again while there is none
   * @throws AifsException if it could not be, or was dropped meanwhile
   */
  void await(BuildListener listener) {
    long told = -1;
    while (true) {
      long nowDone;
      long ofTotal;
      boolean over;
      boolean quiet = false;
      lock.lock();
      try {
        while (!ended && told == done && !quiet) {
          quiet = changed.awaitNanos(quietNanos) <= 0;
        }
        over = ended;
        nowDone = done;
        ofTotal = total;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelledFor("the call ended", e);
      } finally {
        lock.unlock();
      }
      if (nowDone != told || (quiet && !over)) {
        told = nowDone;
        listener.progress(nowDone, ofTotal);
      }
      if (over) {
        failure.ifPresent(
            why -> {
              throw why instanceof CancellationException
                  ? cancelledFor("the index was dropped, or the server shuts down", why)
                  : EmbeddingSource.translate(why, "building the index failed");
            });
        return;
      }
    }
  }

  private static AifsException cancelledFor(String why, Exception cause) {
    return new AifsException.Unavailable(
        Reason.CANCELLED,
        "the index is not built: " + why,
        "build it again if it is wanted",
        cause);
  }
}

package io.aifs.server.engine;

import io.aifs.server.catalog.journal.EventOp;
import io.aifs.server.catalog.journal.JournalOp;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest version of a store, in memory: the sequence of its newest event. Every write that a
 * caller asks for appends one, and the version is there before that write returns. Thread-safe.
 */
public final class Versions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private volatile long newest;

  /**
   * @param newest that of the catalog, whose every write is told to {@link #changed}
   */
  public Versions(long newest) {
    this.newest = newest;
  }

  /** At least the version of every write that has returned; 0 if nothing happened yet. */
  public long newest() {
    return newest;
  }

  /** To be told what a write has changed, before it returns. */
  public void changed(List<JournalOp> ops) {
    long version = 0;
    for (JournalOp op : ops) {
      if (op instanceof EventOp.Append append) {
        version = Math.max(version, append.event().sequence());
      }
    }
    if (version > newest) {
      advance(version);
    }
  }

  private void advance(long version) {
    lock.lock();
    try {
      if (version > newest) { // writes return in any order
        newest = version;
        advanced.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the store has this version, at most so long; false if it has not. */
  public boolean await(long version, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (newest < version && left > 0) {
        left = advanced.awaitNanos(left);
      }
      return newest >= version;
    } finally {
      lock.unlock();
    }
  }
}

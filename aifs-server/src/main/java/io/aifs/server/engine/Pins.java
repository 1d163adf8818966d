package io.aifs.server.engine;

import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps alive what uploads have found stored, until they have committed or been given up. In
 * memory, as a restart ends every upload. Thread-safe.
 *
 * <p>A pin has the number of the epoch that it was opened in. Collection moves the epoch on after
 * it has condemned, and deletes when every pin of the epochs before is closed: later ones cannot
 * have found a condemned chunk.
 */
public final class Pins {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closed = lock.newCondition();

  /** How many pins of an epoch are open. */
  private final TreeMap<Long, Integer> open = new TreeMap<>();

  private long epoch;

  /** To be opened before the first chunk is looked up, and closed after the catalog's commit. */
  public Pin open() {
    lock.lock();
    try {
      open.merge(epoch, 1, Integer::sum);
      return new Pin(epoch);
    } finally {
      lock.unlock();
    }
  }

  /** How many uploads are under way. */
  public long count() {
    lock.lock();
    try {
      return open.values().stream().mapToLong(Integer::longValue).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Begins the next epoch and returns its number. */
  long advance() {
    lock.lock();
    try {
      epoch++;
      return epoch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no pin is open that is older than {@code before}.
   *
   * @return how many still are, after {@code patience}
   */
  long awaitClosed(long before, Duration patience) {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (older(before) > 0 && nanos > 0) {
        nanos = closed.awaitNanos(nanos);
      }
      return older(before);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return older(before);
    } finally {
      lock.unlock();
    }
  }

  private long older(long before) {
    return open.headMap(before).values().stream().mapToLong(Integer::longValue).sum();
  }

  /** One upload's pin. Closing it again does nothing. */
  public final class Pin implements AutoCloseable {
    private final long opened;
    private boolean done;

    private Pin(long opened) {
      this.opened = opened;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!done) {
          done = true;
          open.computeIfPresent(opened, (_, count) -> count == 1 ? null : count - 1);
          closed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}

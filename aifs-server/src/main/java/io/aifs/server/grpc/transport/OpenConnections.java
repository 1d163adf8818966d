package io.aifs.server.grpc.transport;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the connections of others. Thread-safe. */
public final class OpenConnections extends ServerTransportFilter {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int open;

  @Override
  public Attributes transportReady(Attributes attributes) {
    lock.lock();
    try {
      open++;
    } finally {
      lock.unlock();
    }
    return attributes;
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    if (attributes == null) {
      return; // it ended before it was ready, and was never counted
    }
    lock.lock();
    try {
      open--;
      if (open == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  public int count() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is none, at most so long; false if there still is one. */
  public boolean awaitNone(long millis) throws InterruptedException {
    lock.lock();
    try {
      long leftNanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (open > 0 && leftNanos > 0) {
        leftNanos = none.awaitNanos(leftNanos);
      }
      return open == 0;
    } finally {
      lock.unlock();
    }
  }
}

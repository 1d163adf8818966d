package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Connections for reads, opened as they are needed and kept; the one used last is used next.
 * Thread-safe.
 */
final class ReadPool implements AutoCloseable {
  private final Supplier<Session> opener;
  private final int readersMax;
  private final Semaphore free;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReadPool(Supplier<Session> opener, int readersMax) {
    this.opener = opener;
    this.readersMax = readersMax;
    this.free = new Semaphore(readersMax);
  }

  /** Runs {@code function} in a transaction of its own: it sees one instant. */
  <T> T read(Function<Session, T> function) {
    free.acquireUninterruptibly();
    try {
      if (closed) {
        throw Closed.failure();
      }
      Session kept = idle.pollFirst();
      Session session = kept == null ? opener.get() : kept;
      try {
        session.beginRead();
        return function.apply(session);
      } finally {
        giveBack(session);
      }
    } finally {
      free.release();
    }
  }

  private void giveBack(Session session) {
    try {
      session.rollback();
      idle.addFirst(session);
    } catch (AifsException _) {
      session.close();
    }
  }

  /** Waits for running reads. */
  @Override
  public void close() {
    free.acquireUninterruptibly(readersMax);
    try {
      closed = true;
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } finally {
      free.release(readersMax);
    }
  }
}

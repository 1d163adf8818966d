package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes whatever writes are queued, runs them in one transaction,
 * each in a savepoint of its own, and answers their callers after the commit: many writes share the
 * cost of one sync. Thread-safe.
 */
final class BatchWriter implements AutoCloseable {
  private final Supplier<Session> opener;
  private final int writesMax;
  private final long nanosMax;
  private final Consumer<Session> afterCommit;
  private final BlockingQueue<WriteTask<?>> queue = new LinkedBlockingQueue<>();
  private final WriteTask<Boolean> end = new WriteTask<>(_ -> true);
  private final Object gate = new Object();
  private final Thread thread;
  private boolean closed;
  private boolean ending;
  private @Nullable Session session;

  /**
   * Starts the thread. It opens its session by {@code opener}, again after one broke, and hands it
   * to {@code afterCommit} when the callers of a transaction have their answers.
   */
  BatchWriter(
      Supplier<Session> opener, int writesMax, int millisMax, Consumer<Session> afterCommit) {
    this.opener = opener;
    this.writesMax = writesMax;
    this.nanosMax = TimeUnit.MILLISECONDS.toNanos(millisMax);
    this.afterCommit = afterCommit;
    this.session = opener.get();
    this.thread = Thread.ofPlatform().daemon().name("aifs-catalog-writer").start(this::loop);
  }

  /** Returns once what {@code function} wrote is durable, or throws and none of it is. */
  <T> T write(Function<Session, T> function) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("a catalog write must not nest another");
    }
    WriteTask<T> task = new WriteTask<>(function);
    synchronized (gate) {
      if (closed) {
        throw Closed.failure();
      }
      queue.add(task);
    }
    return task.await();
  }

  /** Writes that wait for their turn. */
  int queued() {
    return queue.size();
  }

  @Override
  public void close() {
    synchronized (gate) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    end.await();
  }

  private void loop() {
    while (!ending) {
      try {
        WriteTask<?> first = queue.take();
        if (isWrite(first)) {
          runBatch(first);
        }
      } catch (InterruptedException _) {
        // Nobody may stop the writer but close.
      }
    }
    try {
      discardSession();
      end.succeed();
    } catch (RuntimeException e) {
      end.fail(e);
    }
  }

  private boolean isWrite(WriteTask<?> task) {
    ending |= task == end;
    return !ending;
  }

  private void runBatch(WriteTask<?> first) {
    List<WriteTask<?>> ran = new ArrayList<>();
    long start = System.nanoTime();
    try {
      session().beginWrite();
    } catch (Throwable e) {
      abandon(List.of(first), e);
      return;
    }
    WriteTask<?> task = first;
    for (int taken = 1; task != null; taken++) {
      if (!runOne(task, ran)) {
        // The transaction went with it, through no fault of those before: they run again, alone.
        ran.forEach(this::runAlone);
        return;
      }
      boolean full = taken >= writesMax || System.nanoTime() - start >= nanosMax;
      task = full ? null : queue.poll();
      if (task != null && !isWrite(task)) {
        task = null;
      }
    }
    commit(ran);
  }

  private void runAlone(WriteTask<?> task) {
    try {
      session().beginWrite();
      task.run(session());
    } catch (Throwable e) {
      abandon(List.of(task), e);
      return;
    }
    commit(List.of(task));
  }

  /** Returns false if the whole transaction is lost. */
  private boolean runOne(WriteTask<?> task, List<WriteTask<?>> ran) {
    try {
      session().savepoint();
      task.run(session());
      session().releaseSavepoint();
      ran.add(task);
      return true;
    } catch (Throwable failure) {
      try {
        session().rollbackToSavepoint();
      } catch (AifsException _) {
        abandon(List.of(task), failure);
        return false;
      }
      task.fail(failure);
      return true;
    }
  }

  private void commit(List<WriteTask<?>> ran) {
    try {
      session().commit();
    } catch (Throwable e) {
      abandon(ran, e);
      return;
    }
    ran.forEach(WriteTask::succeed);
    try {
      afterCommit.accept(session());
    } catch (RuntimeException e) {
      abandon(List.of(), e);
    }
  }

  /** Starts over with a new connection, which undoes what the old one left open. */
  private void abandon(List<WriteTask<?>> tasks, Throwable failure) {
    try {
      discardSession();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    tasks.forEach(task -> task.fail(failure));
  }

  private Session session() {
    Session open = session;
    if (open == null) {
      open = opener.get();
      session = open;
    }
    return open;
  }

  private void discardSession() {
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}

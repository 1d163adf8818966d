package io.aifs.cli.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a few threads. Whoever submits waits while all are busy, so that no work piles up;
 * the first failure ends everything and comes out of {@link #submit} or {@link #finish}.
 */
final class Workers implements AutoCloseable {
  private final ExecutorService threads;
  private final Semaphore free;
  private final int count;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Something to do. */
  interface Task {
    void run() throws IOException;
  }

  Workers(int count) {
    this.count = count;
    this.free = new Semaphore(count);
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("transfer-", 0).factory());
  }

  /** Has a task run as soon as a thread is free. */
  void submit(Task task) throws IOException {
    acquire(1);
    throwFailure();
    threads.execute(
        () -> {
          try {
            if (failure.get() == null) {
              task.run();
            }
          } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  /** Waits until everything submitted is done. */
  void finish() throws IOException {
    acquire(count);
    free.release(count);
    throwFailure();
  }

  private void acquire(int permits) throws IOException {
    try {
      free.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  private void throwFailure() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the threads; tasks that still run are interrupted and waited for. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a transfer does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

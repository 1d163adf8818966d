package io.aifs.server.catalog.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write on its way through the writer thread, and what comes of it. */
final class WriteTask<T> {
  private final Function<Session, T> function;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private @Nullable T result;

  WriteTask(Function<Session, T> function) {
    this.function = function;
  }

  /** Runs the function; the caller hears of it only by {@link #succeed} or {@link #fail}. */
  void run(Session session) {
    result = function.apply(session);
  }

  void succeed() {
    outcome.complete(result);
  }

  void fail(Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** Waits, also when interrupted: the outcome of a write must not be left open. */
  T await() {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }
}

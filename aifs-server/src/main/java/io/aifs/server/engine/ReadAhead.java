package io.aifs.server.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Works on one piece while the next is fetched on another thread, and holds no more than both. */
final class ReadAhead {
  /** Works on a piece. */
  @FunctionalInterface
  interface Taker<T> {
    void take(T piece) throws IOException;
  }

  /**
   * Hands everything that {@code source} gives to {@code taker}, in order.
   *
   * @param source called by one thread at a time; empty at the end
   * @throws IOException what the taker throws
   */
  static <T> void run(Executor executor, Supplier<Optional<T>> source, Taker<T> taker)
      throws IOException {
    Optional<T> piece = source.get();
    while (piece.isPresent()) {
      CompletableFuture<Optional<T>> next = CompletableFuture.supplyAsync(source, executor);
      try {
        taker.take(piece.get());
      } catch (IOException | RuntimeException e) {
        next.cancel(false);
        throw e;
      }
      piece = await(next);
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  private ReadAhead() {}
}

package io.aifs.vector;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The threads that build one graph together when segments are merged. */
final class MergeThreads implements AutoCloseable {
  private final int count;

  /** None for one thread: that is the one that merges. */
  private final @Nullable ExecutorService executor;

  MergeThreads(int count) {
    this.count = count;
    this.executor =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("aifs-vector-", 0).factory());
  }

  int count() {
    return count;
  }

  @Nullable ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdown();
    }
  }
}

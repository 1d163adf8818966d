package io.aifs.cli.progress;

import io.aifs.cli.output.Sizes;

/** How far the building of an index is. Thread-safe. */
public final class IndexProgress implements Progress {
  private volatile long done;
  private volatile long total;

  /** Takes note of what the server said last. */
  public void reached(long embeddings, long of) {
    done = embeddings;
    total = of;
  }

  @Override
  public String text(long elapsedNanos) {
    return Sizes.count(done) + " of " + Sizes.count(total, "embedding");
  }
}

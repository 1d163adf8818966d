package io.aifs.cli.progress;

import io.aifs.cli.output.Sizes;
import io.aifs.client.Maintenance;

/** How far a collection is. Thread-safe. */
public final class CollectionProgress implements Progress {
  private volatile Maintenance.Collection soFar = Maintenance.Collection.NOTHING;

  /** Takes note of what the server said last. */
  public void reached(Maintenance.Collection collection) {
    soFar = collection;
  }

  @Override
  public String text(long elapsedNanos) {
    Maintenance.Collection now = soFar;
    String marked = Sizes.count(now.assets(), "asset") + " looked through";
    if (now.condemnedRecords() == 0 && now.freedBytes() == 0) {
      return marked;
    }
    return "%s, condemned %s, rewrote %s, freed %s"
        .formatted(
            marked,
            Sizes.bytes(now.condemnedBytes()),
            Sizes.count(now.packsRewritten(), "pack"),
            Sizes.bytes(Math.max(0, now.freedBytes())));
  }
}

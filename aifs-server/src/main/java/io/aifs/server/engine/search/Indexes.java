package io.aifs.server.engine.search;

import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.vector.AssetNumbers;
import java.time.Duration;

/** What searches ask of the indexes of a store. Thread-safe. */
public interface Indexes {
  /**
   * The index of a space, once it has what was written up to {@code version} or {@code patience} is
   * over; refreshed.
   */
  IndexView view(NamespaceRow namespace, SpaceRow space, long version, Duration patience);

  /** Numbers the assets of a namespace, for sets of them. */
  AssetNumbers numbers(NamespaceRow namespace);
}

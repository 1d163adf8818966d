package io.aifs.server.engine.search;

import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.AssetSet;

/**
 * The assets that a path of some trees holds: as a set, how often each is named, and where. Shared,
 * and so not changed. Thread-safe.
 *
 * @param path the assets at and below it; of the root, also those without a path
 */
record RefAssets(
    SnapshotRoots roots, TreePath path, AssetTally tally, PathPlaces places, AssetSet set) {
  /** Takes over the tally and the places. */
  static RefAssets of(
      SnapshotRoots roots,
      TreePath path,
      AssetTally tally,
      PathPlaces places,
      AssetNumbers numbers) {
    return new RefAssets(roots, path, tally, places, new AssetSet(numbers, tally.members()));
  }

  /** Entries of both trees. */
  long entries() {
    return roots.paths().entries() + roots.unnamed().entries();
  }

  /** About what it takes in memory. */
  long bytes() {
    return 512 + tally.bytes() + places.bytes() + tally.bytes() / Byte.SIZE;
  }
}

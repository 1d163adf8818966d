package io.aifs.server.engine.search;

import static io.aifs.server.snapshot.TreeDiff.Counting.CONTENT;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.SnapshotTree;
import io.aifs.server.snapshot.TreeDiff;
import io.aifs.server.snapshot.TreeDifference;
import io.aifs.vector.AssetNumbers;
import java.util.Iterator;
import java.util.Optional;

/** Finds out which assets trees hold. For one thread. */
final class RefAssetsMaker {
  /**
   * A derivation reads a node for so many entries at most. A walk reads four times as many (about
   * 55 entries each), but many at a time.
   */
  private static final int ENTRIES_PER_NODE = 256;

  private static final int NODES_MIN = 64;

  private final NodeSource nodes;
  private final AssetNumbers numbers;

  /**
   * @param nodes of the namespace
   * @param numbers numbers its assets
   */
  RefAssetsMaker(NodeSource nodes, AssetNumbers numbers) {
    this.nodes = nodes;
    this.numbers = numbers;
  }

  /** By a walk over all entries. */
  RefAssets walk(SnapshotRoots roots, TreePath path) {
    AssetTally tally = new AssetTally();
    PathPlaces places = new PathPlaces();
    for (TreeRange range : TreeRange.of(path)) {
      walkPaths(roots.paths(), range, tally, places);
    }
    if (path.isRoot()) {
      Iterator<PathEntry> unnamed = new SnapshotTree(nodes, roots.unnamed()).entries();
      while (unnamed.hasNext()) {
        asset(unnamed.next().entry()).ifPresent(id -> tally.add(number(id)));
      }
    }
    return RefAssets.of(roots, path, tally, places, numbers);
  }

  private void walkPaths(TreeRoot root, TreeRange range, AssetTally tally, PathPlaces places) {
    Iterator<PathEntry> entries = new SnapshotTree(nodes, root).entries(range.first(), range.end());
    int inRun = 0;
    while (entries.hasNext()) {
      PathEntry entry = entries.next();
      if (inRun % PathPlaces.RUN == 0) {
        byte[] key = entry.path().toUtf8();
        if (inRun > 0) {
          places.end(key);
        }
        places.begin(new PathPlaces.Run(key, range.end()));
      }
      inRun++;
      if (entry.entry() instanceof TreeEntry.File file) {
        int number = number(file.asset());
        tally.add(number);
        places.put(number);
      }
    }
  }

  /**
   * By what differs from other trees; empty if that would cost more than a walk.
   *
   * @param base of the same path
   */
  Optional<RefAssets> derive(RefAssets base, SnapshotRoots roots) {
    long entries = roots.paths().entries() + roots.unnamed().entries();
    long readMost = NODES_MIN + entries / ENTRIES_PER_NODE;
    CountingNodes counted = new CountingNodes(nodes);
    AssetTally tally = base.tally().copy();
    PathPlaces places = base.places().copy();
    for (TreeRange range : TreeRange.of(base.path())) {
      TreeDiff diff =
          new TreeDiff(
              counted, base.roots().paths(), roots.paths(), CONTENT, range.first(), range.end());
      if (!apply(diff, counted, readMost, tally, Optional.of(places))) {
        return Optional.empty();
      }
    }
    if (base.path().isRoot()) {
      TreeDiff diff = new TreeDiff(counted, base.roots().unnamed(), roots.unnamed(), CONTENT);
      if (!apply(diff, counted, readMost, tally, Optional.empty())) {
        return Optional.empty();
      }
    }
    boolean crumbled = places.size() > NODES_MIN + entries / (PathPlaces.RUN / 8);
    return crumbled
        ? Optional.empty()
        : Optional.of(RefAssets.of(roots, base.path(), tally, places, numbers));
  }

  private boolean apply(
      TreeDiff diff,
      CountingNodes counted,
      long readMost,
      AssetTally tally,
      Optional<PathPlaces> places) {
    while (counted.read() <= readMost && diff.hasNext()) {
      TreeDifference difference = diff.next();
      difference.before().flatMap(RefAssetsMaker::asset).ifPresent(id -> tally.remove(number(id)));
      difference
          .after()
          .flatMap(RefAssetsMaker::asset)
          .ifPresent(
              id -> {
                tally.add(number(id));
                places.ifPresent(known -> put(known, difference.path(), number(id)));
              });
    }
    return counted.read() <= readMost;
  }

  private static void put(PathPlaces places, TreePath path, int number) {
    TreeRange at = TreeRange.of(path).getFirst();
    places.begin(new PathPlaces.Run(at.first(), at.end()));
    places.put(number);
  }

  private int number(Digest asset) {
    return numbers.of(Assets.key(asset));
  }

  private static Optional<Digest> asset(TreeEntry entry) {
    return entry instanceof TreeEntry.File file ? Optional.of(file.asset()) : Optional.empty();
  }
}

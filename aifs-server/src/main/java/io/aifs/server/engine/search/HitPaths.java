package io.aifs.server.engine.search;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.SnapshotTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Finds paths that name assets in a tree: where they were seen, else by one walk for all. */
final class HitPaths {
  private final NodeSource nodes;
  private final RefAssets within;
  private final Map<Digest, TreePath> found = new HashMap<>();

  private HitPaths(NodeSource nodes, RefAssets within) {
    this.nodes = nodes;
    this.within = within;
  }

  /** A path for each asset that one names. */
  static Map<Digest, TreePath> find(NodeSource nodes, RefAssets within, Collection<Digest> assets) {
    HitPaths paths = new HitPaths(nodes, within);
    paths.find(assets);
    return Map.copyOf(paths.found);
  }

  private void find(Collection<Digest> assets) {
    Set<Digest> moved = new HashSet<>();
    for (Digest asset : assets) {
      int number = within.set().numbers().of(Assets.key(asset));
      within
          .places()
          .find(number)
          .ifPresent(
              run -> {
                Set<Digest> wanted = new HashSet<>(Set.of(asset));
                walk(new TreeRange(run.first(), run.end()), wanted);
                moved.addAll(wanted);
              });
    }
    for (TreeRange range : TreeRange.of(within.path())) {
      walk(range, moved);
    }
  }

  /** Takes out of {@code wanted} what it finds. */
  private void walk(TreeRange range, Set<Digest> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Iterator<PathEntry> entries =
        new SnapshotTree(nodes, within.roots().paths()).entries(range.first(), range.end());
    while (!wanted.isEmpty() && entries.hasNext()) {
      PathEntry entry = entries.next();
      if (entry.entry() instanceof TreeEntry.File file && wanted.remove(file.asset())) {
        found.put(file.asset(), entry.path());
      }
    }
  }
}

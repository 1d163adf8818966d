package io.aifs.server.engine.tree;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingTree;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The trees of a namespace that a working state or a snapshot needs. The empty tree is not among
 * them.
 *
 * @param paths trees of paths
 * @param unnamed trees of assets without a path
 */
public record LiveRoots(Set<TreeRoot> paths, Set<TreeRoot> unnamed) {
  private static final int SNAPSHOTS_AT_A_TIME = 1_000;

  /** All of a namespace, of one instant. */
  public static LiveRoots of(CatalogReader reader, long namespace) {
    LiveRoots roots = ofSnapshots(reader, namespace);
    for (WorkingTree tree : reader.working().trees(namespace)) {
      (tree.part() == TreePart.PATHS ? roots.paths : roots.unnamed).add(tree.root());
    }
    roots.paths.addAll(reader.working().grafted(namespace));
    return roots.withoutEmpty();
  }

  /** Those that snapshots need. */
  public static LiveRoots ofSnapshots(CatalogReader reader, long namespace) {
    LiveRoots roots = new LiveRoots(new LinkedHashSet<>(), new LinkedHashSet<>());
    Optional<SnapshotId> after = Optional.empty();
    boolean more = true;
    while (more) {
      Map<SnapshotId, SnapshotRoots> page =
          reader.snapshots().roots(namespace, after, SNAPSHOTS_AT_A_TIME);
      for (Map.Entry<SnapshotId, SnapshotRoots> snapshot : page.entrySet()) {
        roots.paths.add(snapshot.getValue().paths());
        roots.unnamed.add(snapshot.getValue().unnamed());
        after = Optional.of(snapshot.getKey());
      }
      more = page.size() == SNAPSHOTS_AT_A_TIME;
    }
    return roots.withoutEmpty();
  }

  private LiveRoots withoutEmpty() {
    paths.remove(TreeRoot.EMPTY);
    unnamed.remove(TreeRoot.EMPTY);
    return this;
  }

  public Set<TreeRoot> all() {
    Set<TreeRoot> all = new LinkedHashSet<>(paths);
    all.addAll(unnamed);
    return all;
  }
}

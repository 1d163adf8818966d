package io.aifs.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.snapshot.NodeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what refers to one asset. Remembers the tree nodes that do not, so that looking again
 * costs no more than what has changed. Not thread-safe.
 */
final class References {
  private static final int SNAPSHOTS_AT_A_TIME = 1_000;
  private static final int NODES_AT_A_TIME = 64;

  private final long namespace;
  private final Digest asset;
  private final NodeSource nodes;

  /** Nodes below which nothing names the asset. */
  private final Set<Digest> passed = new HashSet<>();

  /** Trees of unnamed assets that do not have it. */
  private final Set<TreeRoot> passedUnnamed = new HashSet<>();

  References(long namespace, Digest asset, NodeSource nodes) {
    this.namespace = namespace;
    this.asset = asset;
    this.nodes = nodes;
  }

  /** A sentence about something that refers to the asset, if anything does. */
  Optional<String> find(CatalogReader reader, AssetRow row) {
    List<Digest> children = reader.assets().children(namespace, asset, 1);
    if (!children.isEmpty()) {
      return Optional.of("asset " + children.getFirst() + " was made from it");
    }
    return inWorkingStates(reader, row)
        .map(place -> "path '" + place.path() + "' of branch " + place.branch() + " names it")
        .or(() -> inSnapshots(reader, row));
  }

  /** A path of a working state that names the asset, if one does. */
  Optional<AssetPaths.Place> inWorkingStates(CatalogReader reader, AssetRow row) {
    if (!row.named()) {
      return Optional.empty();
    }
    boolean possible =
        reader.working().grafted(namespace).stream().anyMatch(root -> search(root).isPresent());
    for (WorkingTree tree : reader.working().trees(namespace)) {
      if (tree.part() == TreePart.PATHS && !possible) {
        possible =
            reader.working().names(tree, asset)
                || (tree.hasLower() && search(tree.root()).isPresent());
      }
    }
    return possible ? reader.tree().anyPathOf(namespace, asset) : Optional.empty();
  }

  private Optional<String> inSnapshots(CatalogReader reader, AssetRow row) {
    Optional<SnapshotId> after = Optional.empty();
    boolean more = true;
    while (more) {
      Map<SnapshotId, SnapshotRoots> page =
          reader.snapshots().roots(namespace, after, SNAPSHOTS_AT_A_TIME);
      for (Map.Entry<SnapshotId, SnapshotRoots> snapshot : page.entrySet()) {
        after = Optional.of(snapshot.getKey());
        Optional<String> found = inSnapshot(snapshot.getKey(), snapshot.getValue(), row);
        if (found.isPresent()) {
          return found;
        }
      }
      more = page.size() == SNAPSHOTS_AT_A_TIME;
    }
    return Optional.empty();
  }

  private Optional<String> inSnapshot(SnapshotId id, SnapshotRoots roots, AssetRow row) {
    Optional<TreePath> path = row.named() ? search(roots.paths()) : Optional.empty();
    if (path.isPresent()) {
      return Optional.of("snapshot " + id + " has it at path '" + path.get() + "'");
    }
    if (passedUnnamed.contains(roots.unnamed())) {
      return Optional.empty();
    }
    if (TreeNodes.view(nodes, roots.unnamed()).at(asset.hex().getBytes(UTF_8)).isPresent()) {
      return Optional.of("snapshot " + id + " holds it");
    }
    passedUnnamed.add(roots.unnamed());
    return Optional.empty();
  }

  /** A path of the tree that names the asset. */
  private Optional<TreePath> search(TreeRoot root) {
    Deque<Digest> waiting = new ArrayDeque<>();
    if (!root.isEmpty() && !passed.contains(root.node())) {
      waiting.add(root.node());
    }
    Set<Digest> visited = new HashSet<>();
    while (!waiting.isEmpty()) {
      List<Digest> batch = waiting.stream().limit(NODES_AT_A_TIME).filter(visited::add).toList();
      for (int i = Math.min(NODES_AT_A_TIME, waiting.size()); i > 0; i--) {
        waiting.remove();
      }
      for (TreeNode node : nodes.getAll(batch)) {
        switch (node) {
          case TreeNode.Leaf leaf -> {
            Optional<TreePath> found = naming(leaf);
            if (found.isPresent()) {
              return found;
            }
          }
          case TreeNode.Inner inner -> push(inner.children(), waiting);
        }
      }
    }
    passed.addAll(visited);
    return Optional.empty();
  }

  /** Depth first: what waits stays short. */
  private void push(List<ChildRef> children, Deque<Digest> waiting) {
    for (ChildRef child : children.reversed()) {
      if (!passed.contains(child.node().node())) {
        waiting.addFirst(child.node().node());
      }
    }
  }

  private Optional<TreePath> naming(TreeNode.Leaf leaf) {
    return leaf.entries().stream()
        .filter(entry -> entry.entry() instanceof TreeEntry.File file && file.asset().equals(asset))
        .map(PathEntry::path)
        .findFirst();
  }
}

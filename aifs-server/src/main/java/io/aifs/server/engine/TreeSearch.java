package io.aifs.server.engine;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.NodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of many trees name one asset. A node is looked at once, however many trees share it. Not
 * thread-safe.
 */
final class TreeSearch {
  private static final int NODES_AT_A_TIME = 64;

  private final Digest asset;
  private final NodeSource nodes;

  /** A path below each node that was looked at; empty where nothing names the asset. */
  private final Map<Digest, Optional<TreePath>> known = new HashMap<>();

  TreeSearch(Digest asset, NodeSource nodes) {
    this.asset = asset;
    this.nodes = nodes;
  }

  /** The first path of the tree that names the asset. */
  Optional<TreePath> pathIn(TreeRoot root) {
    return root.isEmpty() ? Optional.empty() : firstBelow(List.of(root.node()));
  }

  private Optional<TreePath> firstBelow(List<Digest> ids) {
    for (int i = 0; i < ids.size(); i += NODES_AT_A_TIME) {
      List<Digest> batch = ids.subList(i, Math.min(i + NODES_AT_A_TIME, ids.size()));
      read(batch.stream().filter(id -> !known.containsKey(id)).toList());
      Optional<TreePath> found =
          batch.stream()
              .map(id -> known.getOrDefault(id, Optional.empty()))
              .flatMap(Optional::stream)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void read(List<Digest> ids) {
    List<TreeNode> found = nodes.getAll(ids);
    for (int i = 0; i < ids.size(); i++) {
      known.put(
          ids.get(i),
          switch (found.get(i)) {
            case TreeNode.Leaf leaf -> naming(leaf);
            case TreeNode.Inner inner ->
                firstBelow(inner.children().stream().map(TreeSearch::id).toList());
          });
    }
  }

  private static Digest id(ChildRef child) {
    return child.node().node();
  }

  private Optional<TreePath> naming(TreeNode.Leaf leaf) {
    return leaf.entries().stream()
        .filter(entry -> entry.entry() instanceof TreeEntry.File file && file.asset().equals(asset))
        .map(PathEntry::path)
        .findFirst();
  }
}

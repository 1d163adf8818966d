package io.aifs.server.snapshot;

import io.aifs.core.tree.TreeNode;
import io.aifs.crypto.Digest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the nodes that were read last, so that the levels of an edit that follow each other
 * down the same way read it once. Not thread-safe: of one edit.
 */
final class RecentNodes implements NodeSource {
  private static final int KEPT_MAX = 128;

  private final NodeSource nodes;

  @SuppressWarnings("serial") // never serialised
  private final Map<Digest, TreeNode> recent =
      new LinkedHashMap<>(KEPT_MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, TreeNode> eldest) {
          return size() > KEPT_MAX;
        }
      };

  RecentNodes(NodeSource nodes) {
    this.nodes = nodes;
  }

  @Override
  public TreeNode get(Digest id) {
    TreeNode known = recent.get(id);
    if (known != null) {
      return known;
    }
    TreeNode node = nodes.get(id);
    recent.put(id, node);
    return node;
  }
}

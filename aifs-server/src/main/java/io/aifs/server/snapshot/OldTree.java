package io.aifs.server.snapshot;

import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import java.util.List;

/** The tree that is edited, level by level. */
final class OldTree {
  private final NodeSource nodes;
  private final TreeRoot root;

  /** The root as a level above would name it; none of an empty tree. */
  private final List<ChildRef> top;

  private final int height;

  OldTree(NodeSource source, TreeRoot root) {
    this.nodes = new RecentNodes(source);
    this.root = root;
    if (root.isEmpty()) {
      this.top = List.of();
      this.height = -1;
    } else {
      TreeNode node = nodes.get(root.node());
      this.top = List.of(new ChildRef(StoredNodes.first(node), root));
      this.height = node.level();
    }
  }

  TreeRoot root() {
    return root;
  }

  /**
   * The nodes of a level. One above the root there is a node that was never stored and holds the
   * root, which may get siblings; above that there are none.
   */
  LevelCursor cursor(int level) {
    if (top.isEmpty() || level > height + 1) {
      return new LevelCursor(nodes, List.of(), level, level);
    }
    if (level <= height) {
      return new LevelCursor(nodes, top, height, level);
    }
    TreeNode above = new TreeNode.Inner(level, top);
    ChildRef ref = new ChildRef(top.getFirst().first(), TreeRoot.EMPTY); // like no node's
    return new LevelCursor(_ -> above, List.of(ref), level, level);
  }
}

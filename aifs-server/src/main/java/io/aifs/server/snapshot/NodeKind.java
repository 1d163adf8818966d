package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.NodeShape;
import io.aifs.core.tree.TreeNode;
import java.util.List;

/**
 * What leaves and inner nodes have in common for whoever edits them.
 *
 * @param <T> what the nodes hold
 */
sealed interface NodeKind<T> {
  int level();

  List<T> items(TreeNode node);

  TreeNode node(List<T> items);

  TreePath path(T item);

  int weight(int keyBytes, T item);

  /** Leaves. */
  record Leaves() implements NodeKind<PathEntry> {
    @Override
    public int level() {
      return 0;
    }

    @Override
    public List<PathEntry> items(TreeNode node) {
      return StoredNodes.leaf(node).entries();
    }

    @Override
    public TreeNode node(List<PathEntry> items) {
      return new TreeNode.Leaf(items);
    }

    @Override
    public TreePath path(PathEntry item) {
      return item.path();
    }

    @Override
    public int weight(int keyBytes, PathEntry item) {
      return NodeShape.weight(keyBytes, item.entry());
    }
  }

  /** Inner nodes of one level. */
  record Inners(int level) implements NodeKind<ChildRef> {
    @Override
    public List<ChildRef> items(TreeNode node) {
      return StoredNodes.inner(node).children();
    }

    @Override
    public TreeNode node(List<ChildRef> items) {
      return new TreeNode.Inner(level, items);
    }

    @Override
    public TreePath path(ChildRef item) {
      return item.first();
    }

    @Override
    public int weight(int keyBytes, ChildRef item) {
      return NodeShape.childWeight(keyBytes);
    }
  }
}

package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One of two trees that are compared: a walk in order that stands before an entry or a whole
 * subtree, which is gone past unread or opened. Not thread-safe.
 */
final class DiffSide {
  /** The level of entries: below leaves. */
  static final int ENTRY_LEVEL = -1;

  private final NodeSource nodes;
  private final byte[] first;
  private final byte[] end;
  private final Deque<Siblings> way = new ArrayDeque<>();

  /** What is left of the items of one node that are in the range. */
  private static final class Siblings {
    private final TreeNode node;
    private final StoredNodes.Bounds bounds;
    private int index;

    Siblings(TreeNode node, StoredNodes.Bounds bounds) {
      this.node = node;
      this.bounds = bounds;
      this.index = bounds.from();
    }
  }

  /** Begins before the part of the tree from {@code first} up to {@code end}. */
  DiffSide(NodeSource nodes, TreeRoot root, byte[] first, byte[] end) {
    this.nodes = nodes;
    this.first = first;
    this.end = end;
    if (!root.isEmpty()) {
      enter(nodes.get(root.node()));
      skipFinished();
    }
  }

  boolean isAtEnd() {
    return way.isEmpty();
  }

  /** Of the node it stands before, or {@link #ENTRY_LEVEL}. */
  int level() {
    return way.getLast().node.level() - 1;
  }

  /** The first path of what it stands before. */
  TreePath path() {
    return level() == ENTRY_LEVEL ? entry().path() : child().first();
  }

  PathEntry entry() {
    Siblings siblings = way.getLast();
    return StoredNodes.leaf(siblings.node).entries().get(siblings.index);
  }

  ChildRef child() {
    Siblings siblings = way.getLast();
    return StoredNodes.inner(siblings.node).children().get(siblings.index);
  }

  /** Goes past what it stands before. */
  void skip() {
    way.getLast().index++;
    skipFinished();
  }

  /** Opens the node that it stands before. */
  void open() {
    Siblings siblings = way.getLast();
    ChildRef child = child();
    siblings.index++;
    enter(StoredNodes.child(nodes, StoredNodes.inner(siblings.node), child));
    skipFinished();
  }

  private void enter(TreeNode node) {
    way.addLast(new Siblings(node, StoredNodes.bounds(node, first, end)));
  }

  private void skipFinished() {
    while (!way.isEmpty() && way.getLast().index >= way.getLast().bounds.to()) {
      way.removeLast();
    }
  }
}

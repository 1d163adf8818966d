package io.aifs.server.snapshot;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Nodes as a walk from the root needs them: of the level it is at, and searched by key. */
final class StoredNodes {
  /** Behind every key: no UTF-8 has this byte. */
  static final byte[] BEHIND_ALL = {(byte) 0xff};

  static final byte[] BEFORE_ALL = {};

  private StoredNodes() {}

  /** The node that {@code ref} names, which is one level below {@code parent}. */
  static TreeNode child(NodeSource nodes, TreeNode.Inner parent, ChildRef ref) {
    return requireLevel(nodes.get(ref.node().node()), parent.level() - 1, ref.node());
  }

  static TreeNode requireLevel(TreeNode node, int level, TreeRoot root) {
    if (node.level() != level) {
      throw new AifsException.Corrupt(
          Reason.TREE_DAMAGED,
          "node " + root.node() + " is of level " + node.level() + " instead of " + level,
          "Run `aifs fsck` to see what is damaged, and restore it from a backup.");
    }
    return node;
  }

  static TreeNode.Inner inner(TreeNode node) {
    if (node instanceof TreeNode.Inner inner) {
      return inner;
    }
    throw new IllegalStateException("node of level " + node.level() + " is no inner one");
  }

  static TreeNode.Leaf leaf(TreeNode node) {
    if (node instanceof TreeNode.Leaf leaf) {
      return leaf;
    }
    throw new IllegalStateException("node of level " + node.level() + " is no leaf");
  }

  static TreePath first(TreeNode node) {
    return switch (node) {
      case TreeNode.Leaf leaf -> leaf.entries().getFirst().path();
      case TreeNode.Inner inner -> inner.children().getFirst().first();
    };
  }

  /** Index of the first entry whose key is {@code key} or above. */
  static int ceiling(List<PathEntry> entries, byte[] key) {
    return lowest(entries, PathEntry::path, key);
  }

  /** Index of the child whose range holds {@code key}: the first one also what is before it. */
  static int floor(List<ChildRef> children, byte[] key) {
    int at = lowest(children, ChildRef::first, key);
    boolean exact = at < children.size() && compare(children.get(at).first(), key) == 0;
    return exact ? at : Math.max(0, at - 1);
  }

  /** From {@code from} up to {@code to}, which is not part of it and no less. */
  record Bounds(int from, int to) {}

  /** Which entries of a node are in a range, or which children may have some that are. */
  static Bounds bounds(TreeNode node, byte[] first, byte[] end) {
    return switch (node) {
      case TreeNode.Leaf leaf -> {
        int from = ceiling(leaf.entries(), first);
        yield new Bounds(from, Math.max(from, ceiling(leaf.entries(), end)));
      }
      case TreeNode.Inner inner -> {
        int from = floor(inner.children(), first);
        int to = lowest(inner.children(), ChildRef::first, end);
        yield new Bounds(from, Math.max(from, to));
      }
    };
  }

  static int compare(TreePath path, byte[] key) {
    return Arrays.compareUnsigned(path.toUtf8(), key);
  }

  private static <T> int lowest(List<T> items, Function<T, TreePath> path, byte[] key) {
    int low = 0;
    int high = items.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(path.apply(items.get(middle)), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

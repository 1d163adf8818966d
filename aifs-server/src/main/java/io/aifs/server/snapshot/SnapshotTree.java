package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a stored tree. Ranges are of keys, the UTF-8 bytes of paths: from {@code first}, which is
 * part of them, to {@code end}, which is not. Thread-safe.
 */
public final class SnapshotTree {
  private final NodeSource nodes;
  private final TreeRoot root;

  public SnapshotTree(NodeSource nodes, TreeRoot root) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.root = requireNonNull(root, "root is null");
  }

  public TreeRoot root() {
    return root;
  }

  public Optional<PathEntry> find(TreePath path) {
    if (root.isEmpty()) {
      return Optional.empty();
    }
    byte[] key = path.toUtf8();
    TreeNode node = nodes.get(root.node());
    while (node instanceof TreeNode.Inner inner) {
      ChildRef child = inner.children().get(StoredNodes.floor(inner.children(), key));
      node = StoredNodes.child(nodes, inner, child);
    }
    List<PathEntry> entries = StoredNodes.leaf(node).entries();
    int at = StoredNodes.ceiling(entries, key);
    return at < entries.size() && entries.get(at).path().equals(path)
        ? Optional.of(entries.get(at))
        : Optional.empty();
  }

  /** The entry with the lowest key in the range. */
  public Optional<PathEntry> lowest(byte[] first, byte[] end) {
    Iterator<PathEntry> entries = entries(first, end);
    return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
  }

  /** Whether there is any entry in the range. */
  public boolean containsAny(byte[] first, byte[] end) {
    return lowest(first, end).isPresent();
  }

  /** The first {@code limit} entries of the range. */
  public List<PathEntry> list(byte[] first, byte[] end, int limit) {
    List<PathEntry> found = new ArrayList<>();
    Iterator<PathEntry> entries = entries(first, end);
    while (found.size() < limit && entries.hasNext()) {
      found.add(entries.next());
    }
    return List.copyOf(found);
  }

  /**
   * The entries of the range, in order. Nodes are read as the iterator moves on, more of them at
   * once the farther it is; not thread-safe.
   */
  public Iterator<PathEntry> entries(byte[] first, byte[] end) {
    return new EntryIterator(nodes, root, first, end);
  }

  /** All entries. */
  public Iterator<PathEntry> entries() {
    return entries(StoredNodes.BEFORE_ALL, StoredNodes.BEHIND_ALL);
  }

  /** The sums of a range; reads only the nodes on the way to its two ends. */
  public TreeSums sums(byte[] first, byte[] end) {
    if (root.isEmpty() || Arrays.compareUnsigned(first, end) >= 0) {
      return TreeSums.NONE;
    }
    return sums(nodes.get(root.node()), first, end);
  }

  private TreeSums sums(TreeNode node, byte[] first, byte[] end) {
    return switch (node) {
      case TreeNode.Leaf leaf -> {
        List<PathEntry> entries = leaf.entries();
        TreeSums sums = TreeSums.NONE;
        int to = StoredNodes.ceiling(entries, end);
        for (int i = StoredNodes.ceiling(entries, first); i < to; i++) {
          sums = sums.plus(TreeSums.of(entries.get(i)));
        }
        yield sums;
      }
      case TreeNode.Inner inner -> sums(inner, first, end);
    };
  }

  /** Only the children at the two ends can be partly inside. */
  private TreeSums sums(TreeNode.Inner inner, byte[] first, byte[] end) {
    List<ChildRef> children = inner.children();
    int from = StoredNodes.floor(children, first);
    int to = StoredNodes.floor(children, end);
    TreeSums sums = TreeSums.NONE;
    for (int i = from; i <= to; i++) {
      boolean isWhole = i < to && StoredNodes.compare(children.get(i).first(), first) >= 0;
      sums =
          sums.plus(
              isWhole
                  ? TreeSums.of(children.get(i).node())
                  : sums(StoredNodes.child(nodes, inner, children.get(i)), first, end));
    }
    return sums;
  }
}

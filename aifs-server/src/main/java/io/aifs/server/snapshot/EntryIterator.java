package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The entries of a range, in order. Siblings are read together: one at first, and twice as many
 * each time up to {@value #READ_AHEAD_MAX}, so that who takes one entry does not pay for many. Not
 * thread-safe.
 */
final class EntryIterator implements Iterator<PathEntry> {
  private static final int READ_AHEAD_MAX = 32;

  private final NodeSource nodes;
  private final byte[] first;
  private final byte[] end;

  /** The way down from the root. */
  private final Deque<Siblings> way = new ArrayDeque<>();

  private int readAhead = 1;
  private List<PathEntry> entries = List.of();
  private int index;

  /** Children of one node: those of the range that are still to be visited, some of them read. */
  private static final class Siblings {
    private final int level;
    private final List<ChildRef> unread;
    private final Deque<TreeNode> read = new ArrayDeque<>();
    private int taken;

    Siblings(int level, List<ChildRef> unread) {
      this.level = level;
      this.unread = unread;
    }

    boolean isEmpty() {
      return read.isEmpty() && taken == unread.size();
    }
  }

  EntryIterator(NodeSource nodes, TreeRoot root, byte[] first, byte[] end) {
    this.nodes = nodes;
    this.first = first;
    this.end = end;
    if (!root.isEmpty()) {
      enter(nodes.get(root.node()));
    }
  }

  @Override
  public boolean hasNext() {
    while (index == entries.size() && !way.isEmpty()) {
      Siblings siblings = way.getLast();
      if (siblings.isEmpty()) {
        way.removeLast();
      } else {
        enter(next(siblings));
      }
    }
    return index < entries.size();
  }

  @Override
  public PathEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no entry is left");
    }
    return entries.get(index++);
  }

  private void enter(TreeNode node) {
    StoredNodes.Bounds bounds = StoredNodes.bounds(node, first, end);
    switch (node) {
      case TreeNode.Leaf leaf -> {
        entries = leaf.entries().subList(bounds.from(), bounds.to());
        index = 0;
      }
      case TreeNode.Inner inner ->
          way.addLast(
              new Siblings(
                  inner.level() - 1, inner.children().subList(bounds.from(), bounds.to())));
    }
  }

  private TreeNode next(Siblings siblings) {
    if (siblings.read.isEmpty()) {
      int to = Math.min(siblings.unread.size(), siblings.taken + readAhead);
      List<ChildRef> wanted = siblings.unread.subList(siblings.taken, to);
      List<Digest> ids = new ArrayList<>(wanted.size());
      wanted.forEach(child -> ids.add(child.node().node()));
      List<TreeNode> found = nodes.getAll(ids);
      for (int i = 0; i < found.size(); i++) {
        siblings.read.add(
            StoredNodes.requireLevel(found.get(i), siblings.level, wanted.get(i).node()));
      }
      siblings.taken = to;
      readAhead = Math.min(READ_AHEAD_MAX, 2 * readAhead);
    }
    return siblings.read.remove();
  }
}

package io.aifs.server.snapshot;

import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.EncodedNode;
import io.aifs.core.tree.NodeShape;
import io.aifs.core.tree.TreeRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Edits one level of a tree and tells the level above what became of its nodes, as edits again.
 *
 * <p>From the node that holds an edit on, old items and new ones go through {@link NodeShape} as if
 * the level were built anew. Once a node ends where an old one did, what follows is as it was, and
 * the next edit's node is gone to directly. Holds one unfinished node and what it replaces. Edits
 * come in order of their keys. Not thread-safe.
 *
 * @param <T> what the level's nodes hold
 */
final class LevelEditor<T> {
  private final NodeKind<T> kind;
  private final OldItems<T> old;
  private final NodeSink sink;
  private final Supplier<LevelEditor<ChildRef>> above;
  private final NodeShape shape;
  private final List<T> unfinished = new ArrayList<>();
  private Optional<TreeRoot> first = Optional.empty();
  private int finished;

  LevelEditor(
      NodeKind<T> kind, LevelCursor old, NodeSink sink, Supplier<LevelEditor<ChildRef>> above) {
    this.kind = kind;
    this.old = new OldItems<>(kind, old);
    this.sink = sink;
    this.above = above;
    this.shape = new NodeShape(kind.level());
  }

  void put(byte[] key, T item) throws IOException {
    remove(key);
    add(key, item);
  }

  void remove(byte[] key) throws IOException {
    moveTo(key);
    if (!old.isAtBoundary() && StoredNodes.compare(kind.path(old.peek()), key) == 0) {
      old.take();
    }
  }

  /** Drops what the level held from {@code from} up to {@code end}. */
  void clear(byte[] from, byte[] end) throws IOException {
    moveTo(from);
    old.dropTo(end);
  }

  /**
   * Finishes the last node. No edit may follow.
   *
   * @return the root, if this level or the one below turns out to have a single node, or none at
   *     all
   */
  Optional<TreeRoot> finish() throws IOException {
    while (!old.isAtBoundary() || (!unfinished.isEmpty() && old.hasNextNode())) {
      if (old.isAtBoundary()) {
        old.openNext();
      } else {
        addOld();
      }
    }
    boolean whole = !old.hasSkipped() && !old.hasNextNode();
    if (whole && finished == 0 && unfinished.size() == 1) {
      if (unfinished.getFirst() instanceof ChildRef only) {
        return Optional.of(only.node());
      }
    }
    if (!unfinished.isEmpty()) {
      finishNode();
    }
    announceReplaced();
    if (!whole || finished > 1) {
      return Optional.empty();
    }
    return finished == 0 ? Optional.of(TreeRoot.EMPTY) : first;
  }

  /** Takes old items as they are up to {@code key}, and skips what no edit can reach. */
  private void moveTo(byte[] key) throws IOException {
    while (true) {
      if (!old.isAtBoundary()) {
        if (StoredNodes.compare(kind.path(old.peek()), key) >= 0) {
          return;
        }
        addOld();
      } else if (!old.hasNextNodeUpTo(key)) {
        return;
      } else if (unfinished.isEmpty()) {
        announceReplaced();
        old.open(key);
      } else {
        old.openNext();
      }
    }
  }

  private void addOld() throws IOException {
    T item = old.take();
    add(kind.path(item).toUtf8(), item);
  }

  private void add(byte[] key, T item) throws IOException {
    unfinished.add(item);
    if (shape.endsAfter(key, kind.weight(key.length, item))) {
      finishNode();
    }
  }

  private void finishNode() throws IOException {
    EncodedNode node = EncodedNode.of(kind.node(unfinished));
    unfinished.clear();
    shape.reset();
    if (finished++ == 0) {
      first = Optional.of(node.ref().node());
    }
    byte[] key = node.ref().first().toUtf8();
    Deque<OldItems.Replaced> replaced = old.replaced();
    while (!replaced.isEmpty() && isAnnouncedBefore(replaced.peek(), key)) {
      announce(replaced.remove());
    }
    if (replaced.peek() instanceof OldItems.Node same && Arrays.equals(same.first(), key)) {
      replaced.remove();
      if (same.ref().equals(node.ref())) {
        return;
      }
    }
    sink.put(node.ref().node().node(), node.bytes());
    above.get().put(key, node.ref());
  }

  /** A range goes before a new node at its start, which it would drop; a node makes room for it. */
  private static boolean isAnnouncedBefore(OldItems.Replaced replaced, byte[] key) {
    int order = Arrays.compareUnsigned(replaced.first(), key);
    return order < 0 || (order == 0 && replaced instanceof OldItems.Range);
  }

  private void announceReplaced() throws IOException {
    while (!old.replaced().isEmpty()) {
      announce(old.replaced().remove());
    }
  }

  private void announce(OldItems.Replaced replaced) throws IOException {
    switch (replaced) {
      case OldItems.Node node -> above.get().remove(node.first());
      case OldItems.Range range -> above.get().clear(range.first(), range.end());
    }
  }
}

package io.aifs.server.snapshot;

import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a level held before an edit, item by item, and which of its nodes were opened or dropped on
 * the way. Not thread-safe.
 *
 * @param <T> what the level's nodes hold
 */
final class OldItems<T> {
  private final NodeKind<T> kind;
  private final LevelCursor cursor;
  private final Deque<Replaced> replaced = new ArrayDeque<>();
  private List<T> items = List.of();
  private int index;
  private boolean skipped;

  /** A node, or all nodes of a range, in whose place others may come. */
  sealed interface Replaced {
    byte[] first();
  }

  @SuppressWarnings("ArrayRecordComponent") // a key; never compared as a record
  record Node(byte[] first, ChildRef ref) implements Replaced {}

  @SuppressWarnings("ArrayRecordComponent") // bounds of a range; never compared as a record
  record Range(byte[] first, byte[] end) implements Replaced {}

  OldItems(NodeKind<T> kind, LevelCursor cursor) {
    this.kind = kind;
    this.cursor = cursor;
  }

  /** Whether all of the opened node was taken, or none is open yet. */
  boolean isAtBoundary() {
    return index == items.size();
  }

  T peek() {
    return items.get(index);
  }

  T take() {
    return items.get(index++);
  }

  /** Whether a node follows the opened one. */
  boolean hasNextNode() {
    return cursor.nextFirst().isPresent();
  }

  /** Whether a node follows whose first key is {@code key} or below it. */
  boolean hasNextNodeUpTo(byte[] key) {
    return cursor.nextFirst().filter(first -> StoredNodes.compare(first, key) <= 0).isPresent();
  }

  void openNext() {
    cursor.advance();
    open();
  }

  /** Opens the node whose range holds {@code key}; those before it stay as they are. */
  void open(byte[] key) {
    Optional<TreePath> next = cursor.nextFirst();
    cursor.seek(key);
    skipped |= !next.equals(Optional.of(cursor.ref().first()));
    open();
  }

  /** Drops what is below {@code end}; of nodes wholly below it, none is read. */
  void dropTo(byte[] end) {
    dropItems(end);
    Optional<TreePath> next = cursor.nextFirst();
    if (!isAtBoundary() || next.isEmpty() || StoredNodes.compare(next.get(), end) >= 0) {
      return;
    }
    byte[] from = next.get().toUtf8();
    cursor.seek(end);
    byte[] to = cursor.ref().first().toUtf8();
    if (Arrays.compareUnsigned(from, to) < 0) {
      replaced.add(new Range(from, to));
    }
    open();
    dropItems(end);
  }

  /** Nodes that were opened or dropped, in order; whoever makes that known above takes them out. */
  Deque<Replaced> replaced() {
    return replaced;
  }

  /** Whether nodes were gone past that stay as they are. */
  boolean hasSkipped() {
    return skipped;
  }

  private void open() {
    replaced.add(new Node(cursor.ref().first().toUtf8(), cursor.ref()));
    items = kind.items(cursor.node());
    index = 0;
  }

  private void dropItems(byte[] end) {
    while (!isAtBoundary() && StoredNodes.compare(kind.path(peek()), end) < 0) {
      index++;
    }
  }
}

package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EntryContent;
import io.aifs.core.tree.TreeRoot;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The differences of two trees, in order of their paths, found as the iterator moves on. Subtrees
 * that are the same are not read: the cost is that of the differences and the ways to them. Not
 * thread-safe.
 */
public final class TreeDiff implements Iterator<TreeDifference> {
  private final DiffSide before;
  private final DiffSide after;
  private final Counting counting;
  private @Nullable TreeDifference next;

  /** What counts as a difference. */
  public enum Counting {
    /** Any. */
    ALL,

    /** Of content: what Merkle digests cover. */
    CONTENT
  }

  /** All differences. */
  public TreeDiff(NodeSource nodes, TreeRoot before, TreeRoot after, Counting counting) {
    this(nodes, before, after, counting, StoredNodes.BEFORE_ALL, StoredNodes.BEHIND_ALL);
  }

  /**
   * The differences of a range.
   *
   * @param first lowest key of the range, in UTF-8 bytes
   * @param end the key where it ends
   */
  public TreeDiff(
      NodeSource nodes,
      TreeRoot before,
      TreeRoot after,
      Counting counting,
      byte[] first,
      byte[] end) {
    boolean isSame = isSame(before, after, counting);
    this.before = new DiffSide(nodes, isSame ? TreeRoot.EMPTY : before, first, end);
    this.after = new DiffSide(nodes, isSame ? TreeRoot.EMPTY : after, first, end);
    this.counting = counting;
  }

  /** The lowest key behind {@code path}: where to resume after a difference there. */
  public static byte[] behind(TreePath path) {
    byte[] key = path.toUtf8();
    return Arrays.copyOf(key, key.length + 1);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !(before.isAtEnd() && after.isAtEnd())) {
      step();
    }
    return next != null;
  }

  @Override
  public TreeDifference next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("no difference is left");
    }
    TreeDifference found = next;
    next = null;
    return found;
  }

  private void step() {
    if (before.isAtEnd()) {
      takeOrOpen(after);
    } else if (after.isAtEnd()) {
      takeOrOpen(before);
    } else {
      int order = before.path().compareTo(after.path());
      if (order < 0 && before.level() == DiffSide.ENTRY_LEVEL) {
        takeOrOpen(before);
      } else if (order > 0 && after.level() == DiffSide.ENTRY_LEVEL) {
        takeOrOpen(after);
      } else if (before.level() != after.level()) {
        (before.level() > after.level() ? before : after).open();
      } else if (order != 0) {
        (order < 0 ? before : after).open();
      } else {
        stepTogether();
      }
    }
  }

  /** Both stand at the same path and level. */
  private void stepTogether() {
    if (before.level() == DiffSide.ENTRY_LEVEL) {
      PathEntry left = before.entry();
      TreeEntry right = after.entry().entry();
      if (!isSame(left.entry(), right)) {
        next = new TreeDifference(left.path(), Optional.of(left.entry()), Optional.of(right));
      }
      before.skip();
      after.skip();
    } else if (isSame(before.child().node(), after.child().node(), counting)) {
      before.skip();
      after.skip();
    } else {
      before.open();
      after.open();
    }
  }

  /** What is on one side only. */
  private void takeOrOpen(DiffSide side) {
    if (side.level() != DiffSide.ENTRY_LEVEL) {
      side.open();
      return;
    }
    PathEntry entry = side.entry();
    Optional<TreeEntry> found = Optional.of(entry.entry());
    next =
        side == before
            ? new TreeDifference(entry.path(), found, Optional.empty())
            : new TreeDifference(entry.path(), Optional.empty(), found);
    side.skip();
  }

  private boolean isSame(TreeEntry left, TreeEntry right) {
    return switch (counting) {
      case ALL -> left.equals(right);
      case CONTENT -> EntryContent.same(left, right);
    };
  }

  private static boolean isSame(TreeRoot left, TreeRoot right, Counting counting) {
    return switch (counting) {
      case ALL -> left.node().equals(right.node());
      case CONTENT -> left.merkle().equals(right.merkle());
    };
  }
}

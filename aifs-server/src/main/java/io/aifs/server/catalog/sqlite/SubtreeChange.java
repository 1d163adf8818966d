package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * Removes or moves whole subtrees by set-wise statements, a slice of rows each, so that memory does
 * not grow with the subtree.
 */
final class SubtreeChange {
  private static final int SLICE_ROWS = 10_000;
  private static final String RANGE = " WHERE branch = ? AND path >= ? AND path < ?";

  private final Session session;
  private final long branch;

  SubtreeChange(Session session, long branch) {
    this.session = session;
    this.branch = branch;
  }

  /** Removes what is strictly below {@code prefix}; returns how many entries that were. */
  long remove(long namespace, TreePath prefix) {
    PathRange range = PathRange.below(prefix);
    long removed = 0;
    long slice;
    do {
      byte[] end = sliceEnd(range);
      for (String table : new String[] {"asset", "tombstone"}) {
        session.update(
            "UPDATE "
                + table
                + " SET path_count = max(0, path_count - named.paths) FROM"
                + " (SELECT asset, count(*) AS paths FROM tree_entry"
                + RANGE
                + " AND asset IS NOT NULL GROUP BY asset) AS named"
                + " WHERE namespace = ? AND id = named.asset",
            branch,
            range.first(),
            end,
            namespace);
      }
      slice = session.update("DELETE FROM tree_entry" + RANGE, branch, range.first(), end);
      removed += slice;
    } while (slice == SLICE_ROWS);
    return removed;
  }

  /** Moves what is at and below {@code from}; returns how many entries that were. */
  long move(TreePath from, TreePath to) {
    PathRange range = PathRange.below(from);
    byte[] key = from.toUtf8();
    long moved = moveRange(key, PathRange.next(key), key.length, to);
    long slice;
    do {
      slice = moveRange(range.first(), sliceEnd(range), key.length, to);
      moved += slice;
    } while (slice == SLICE_ROWS);
    return moved;
  }

  private long moveRange(byte[] first, byte[] end, int prefixBytes, TreePath to) {
    return session.update(
        "UPDATE tree_entry SET path = CAST(? || substr(path, ?) AS BLOB)" + RANGE,
        to.toUtf8(),
        prefixBytes + 1,
        branch,
        first,
        end);
  }

  /** Length of the longest key at or below {@code prefix}; 0 if there is none. */
  long keyBytesMax(TreePath prefix) {
    PathRange range = PathRange.below(prefix);
    byte[] key = prefix.toUtf8();
    String longest = "SELECT coalesce(max(length(path)), 0) FROM tree_entry" + RANGE;
    long at =
        session.first(longest, row -> row.integer(1), branch, key, PathRange.next(key)).orElse(0L);
    long below =
        session
            .first(longest, row -> row.integer(1), branch, range.first(), range.end())
            .orElse(0L);
    return Math.max(at, below);
  }

  /** The key that a slice from the start of {@code range} ends before. */
  private byte[] sliceEnd(PathRange range) {
    Optional<byte[]> key =
        session.first(
            "SELECT path FROM tree_entry" + RANGE + " ORDER BY path LIMIT 1 OFFSET ?",
            row -> row.blob(1),
            branch,
            range.first(),
            range.end(),
            SLICE_ROWS);
    return key.orElse(range.end());
  }
}

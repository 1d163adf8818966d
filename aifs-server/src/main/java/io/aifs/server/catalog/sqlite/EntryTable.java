package io.aifs.server.catalog.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.TreeUsage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code tree_entry} of one branch, by path. */
final class EntryTable {
  /** Lower types are those of files: the code of the asset's kind. */
  private static final int SYMLINK = 8;

  private static final int DIRECTORY = 9;

  private static final String SELECT =
      "SELECT path, type, asset, size, mode, mtime, target FROM tree_entry WHERE branch = ?";
  private static final String INSERT =
      "INSERT INTO tree_entry (type, asset, size, mode, mtime, target, branch, path)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String REPLACE =
      "UPDATE tree_entry SET type = ?, asset = ?, size = ?, mode = ?, mtime = ?, target = ?"
          + " WHERE branch = ? AND path = ?";

  private static final String AT_AND_BELOW =
      "(SELECT type, asset, size FROM tree_entry WHERE branch = ? AND path = ? UNION ALL"
          + " SELECT type, asset, size FROM tree_entry"
          + " WHERE branch = ? AND path >= ? AND path < ?)";
  private static final String USAGE =
      ("SELECT ifnull(sum(type < %1$d), 0), ifnull(sum(type = %2$d), 0),"
                  + " ifnull(sum(type = %1$d), 0), ifnull(sum(size), 0) FROM ")
              .formatted(SYMLINK, DIRECTORY)
          + AT_AND_BELOW;
  private static final String DISTINCT_BYTES =
      "SELECT ifnull(sum(size), 0) FROM (SELECT DISTINCT asset, size FROM "
          + AT_AND_BELOW
          + " WHERE asset >= ? AND asset < ?)";

  private final Session session;
  private final long branch;

  EntryTable(Session session, long branch) {
    this.session = session;
    this.branch = branch;
  }

  Optional<PathEntry> find(TreePath path) {
    return session.first(SELECT + " AND path = ?", EntryTable::entry, branch, path.toUtf8());
  }

  /** The entry with the lowest key from {@code first} up to, not including, {@code end}. */
  Optional<PathEntry> lowest(byte[] first, byte[] end) {
    return session.first(
        SELECT + " AND path >= ? AND path < ? ORDER BY path LIMIT 1",
        EntryTable::entry,
        branch,
        first,
        end);
  }

  boolean hasAny(PathRange range) {
    return session.exists(
        "SELECT 1 FROM tree_entry WHERE branch = ? AND path >= ? AND path < ? LIMIT 1",
        branch,
        range.first(),
        range.end());
  }

  List<PathEntry> list(byte[] first, byte[] end, int limit) {
    return session.list(
        SELECT + " AND path >= ? AND path < ? ORDER BY path LIMIT ?",
        EntryTable::entry,
        branch,
        first,
        end,
        limit);
  }

  /** Sums over a path and all below it. */
  TreeUsage usage(TreePath path) {
    PathRange below = PathRange.below(path);
    byte[] key = path.toUtf8();
    TreeUsage sums =
        session
            .first(USAGE, EntryTable::sums, branch, key, branch, below.first(), below.end())
            .orElseThrow();
    long distinct = 0;
    for (IdRange ids : IdRange.split(sums.files())) {
      distinct +=
          session
              .first(
                  DISTINCT_BYTES,
                  row -> row.integer(1),
                  branch,
                  key,
                  branch,
                  below.first(),
                  below.end(),
                  ids.first(),
                  ids.end())
              .orElse(0L);
    }
    return new TreeUsage(
        sums.files(), sums.directories(), sums.symlinks(), sums.contentBytes(), distinct);
  }

  private static TreeUsage sums(Row row) throws SQLException {
    return new TreeUsage(row.integer(1), row.integer(2), row.integer(3), row.integer(4), 0);
  }

  /** Returns false, changing nothing, if the path names something already. */
  boolean insert(PathEntry entry) {
    return session.update(INSERT, columns(entry)) == 1;
  }

  void replace(PathEntry entry) {
    session.update(REPLACE, columns(entry));
  }

  boolean delete(TreePath path) {
    return session.update(
            "DELETE FROM tree_entry WHERE branch = ? AND path = ?", branch, path.toUtf8())
        == 1;
  }

  /**
   * Removes the entries that name {@code asset}; returns how many. A statement of this form deletes
   * in the pass that finds them: one that chose the branch itself would first collect their keys.
   */
  long deleteAll(Digest asset) {
    return session.update(
        "DELETE FROM tree_entry WHERE branch = ? AND asset = ?", branch, asset.toBytes());
  }

  private @Nullable Object[] columns(PathEntry put) {
    int type;
    byte @Nullable [] asset = null;
    long size = 0;
    byte @Nullable [] target = null;
    switch (put.entry()) {
      case TreeEntry.File file -> {
        type = file.kind().code();
        asset = file.asset().toBytes();
        size = file.size();
      }
      case TreeEntry.Symlink symlink -> {
        type = SYMLINK;
        target = symlink.target().getBytes(UTF_8);
      }
      case TreeEntry.Directory _ -> type = DIRECTORY;
    }
    FileAttributes attributes = put.entry().attributes();
    return new @Nullable Object[] {
      type,
      asset,
      size,
      attributes.mode(),
      attributes.mtimeNanos(),
      target,
      branch,
      put.path().toUtf8()
    };
  }

  private static PathEntry entry(Row row) throws SQLException {
    int type = (int) row.integer(2);
    FileAttributes attributes = new FileAttributes((int) row.integer(5), row.integer(6));
    TreeEntry entry =
        switch (type) {
          case SYMLINK -> new TreeEntry.Symlink(row.utf8(7), attributes);
          case DIRECTORY -> new TreeEntry.Directory(attributes);
          default -> {
            Digest asset = row.digest(3);
            yield new TreeEntry.File(asset, AssetKind.ofCode(type), row.integer(4), attributes);
          }
        };
    return new PathEntry(new TreePath(row.utf8(1)), entry);
  }
}

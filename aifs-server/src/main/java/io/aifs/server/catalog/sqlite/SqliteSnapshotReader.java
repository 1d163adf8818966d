package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.catalog.SnapshotRow;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots, a row each; pruned ones keep the columns of their place. */
class SqliteSnapshotReader implements SnapshotReader {
  private static final String PLACE =
      "s.id, s.created_at, s.generation, s.parents, s.statement IS NULL";
  private static final String ROOTS =
      "s.paths_node, s.paths_merkle, s.paths_entries, s.paths_bytes, s.paths_longest,"
          + " s.unnamed_node, s.unnamed_merkle, s.unnamed_entries, s.unnamed_bytes,"
          + " s.unnamed_longest";
  private static final String ALL = PLACE + ", " + ROOTS + ", s.statement, s.signature";
  private static final int FIRST_ROOT = 6;
  private static final int ROOT_COLUMNS = 5;
  private static final int STATEMENT = FIRST_ROOT + 2 * ROOT_COLUMNS;

  final Session session;

  SqliteSnapshotReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<SnapshotRow> find(long namespace, SnapshotId id) {
    return session.first(
        "SELECT "
            + ALL
            + " FROM snapshot s WHERE s.namespace = ? AND s.id = ? AND s.statement IS NOT NULL",
        SqliteSnapshotReader::snapshot,
        namespace,
        PackedSnapshotIds.bytes(id));
  }

  @Override
  public Map<SnapshotId, SnapshotNode> nodes(long namespace, Collection<SnapshotId> ids) {
    Map<SnapshotId, SnapshotNode> found = new HashMap<>();
    for (SnapshotId id : ids) {
      session
          .first(
              "SELECT " + PLACE + " FROM snapshot s WHERE s.namespace = ? AND s.id = ?",
              SqliteSnapshotReader::node,
              namespace,
              PackedSnapshotIds.bytes(id))
          .ifPresent(node -> found.put(id, node));
    }
    return found;
  }

  @Override
  public List<SnapshotNode> firstParents(long namespace, SnapshotId from, int limit) {
    return session.list(
        "WITH RECURSIVE line (id, n) AS (SELECT ?, 0 UNION ALL"
            + " SELECT substr(p.parents, 1, "
            + PackedSnapshotIds.BYTES
            + "), line.n + 1 FROM line JOIN snapshot p ON p.namespace = ? AND p.id = line.id"
            + " WHERE p.parents IS NOT NULL AND line.n + 1 < ?)"
            + " SELECT "
            + PLACE
            + " FROM line JOIN snapshot s ON s.namespace = ? AND s.id = line.id"
            + " ORDER BY line.n LIMIT ?",
        SqliteSnapshotReader::node,
        PackedSnapshotIds.bytes(from),
        namespace,
        Page.limit(limit),
        namespace,
        limit);
  }

  @Override
  public List<SnapshotRow> listNewest(long namespace, Optional<Position> before, int limit) {
    String start = "SELECT " + ALL + " FROM snapshot s WHERE s.namespace = ?";
    String end = " AND s.statement IS NOT NULL ORDER BY s.created_at DESC, s.id DESC LIMIT ?";
    return before
        .map(
            last ->
                session.list(
                    start + " AND (s.created_at, s.id) < (?, ?)" + end,
                    SqliteSnapshotReader::snapshot,
                    namespace,
                    Nanos.of(last.createdAt()),
                    PackedSnapshotIds.bytes(last.id()),
                    Page.limit(limit)))
        .orElseGet(
            () ->
                session.list(
                    start + end, SqliteSnapshotReader::snapshot, namespace, Page.limit(limit)));
  }

  @Override
  public Map<SnapshotId, SnapshotRoots> roots(
      long namespace, Optional<SnapshotId> after, int limit) {
    Map<SnapshotId, SnapshotRoots> found = new LinkedHashMap<>();
    session.each(
        "SELECT "
            + PLACE
            + ", "
            + ROOTS
            + " FROM snapshot s WHERE s.namespace = ? AND s.id > ? AND s.statement IS NOT NULL"
            + " ORDER BY s.id LIMIT ?",
        row -> {
          found.put(row.snapshotId(1), roots(row));
          return true;
        },
        namespace,
        after.map(PackedSnapshotIds::bytes).orElseGet(() -> new byte[0]),
        Page.limit(limit));
    return found;
  }

  @Override
  public Optional<SnapshotId> anyChild(long namespace, SnapshotId parent) {
    byte[] wanted = PackedSnapshotIds.bytes(parent);
    // A match inside a longer list may lie across two ids, so each found row is looked at.
    return session
        .list(
            "SELECT "
                + PLACE
                + " FROM snapshot s WHERE s.namespace = ? AND instr(s.parents, ?) > 0",
            SqliteSnapshotReader::node,
            namespace,
            wanted)
        .stream()
        .filter(child -> child.parents().contains(parent))
        .map(SnapshotNode::id)
        .findFirst();
  }

  private static SnapshotNode node(Row row) throws SQLException {
    return new SnapshotNode(
        row.snapshotId(1),
        Nanos.instant(row.integer(2)),
        row.integer(3),
        PackedSnapshotIds.unpack(row.blob(4)),
        row.flag(5));
  }

  private static SnapshotRow snapshot(Row row) throws SQLException {
    return new SnapshotRow(node(row), roots(row), row.blob(STATEMENT), row.blob(STATEMENT + 1));
  }

  private static SnapshotRoots roots(Row row) throws SQLException {
    return new SnapshotRoots(root(row, FIRST_ROOT), root(row, FIRST_ROOT + ROOT_COLUMNS));
  }

  private static TreeRoot root(Row row, int column) throws SQLException {
    return new TreeRoot(
        row.digest(column),
        row.digest(column + 1),
        row.integer(column + 2),
        row.integer(column + 3),
        (int) row.integer(column + 4));
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.SnapshotWriter;

/** Adds and prunes snapshots. */
final class SqliteSnapshotWriter extends SqliteSnapshotReader implements SnapshotWriter {
  SqliteSnapshotWriter(Session session) {
    super(session);
  }

  @Override
  public void add(long namespace, SnapshotRow row) {
    SnapshotNode node = row.node();
    TreeRoot paths = row.roots().paths();
    TreeRoot unnamed = row.roots().unnamed();
    long added =
        session.update(
            "INSERT INTO snapshot (namespace, id, created_at, generation, parents,"
                + " paths_node, paths_merkle, paths_entries, paths_bytes, paths_longest,"
                + " unnamed_node, unnamed_merkle, unnamed_entries, unnamed_bytes, unnamed_longest,"
                + " signature, statement) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            namespace,
            PackedSnapshotIds.bytes(node.id()),
            Nanos.of(node.createdAt()),
            node.generation(),
            PackedSnapshotIds.pack(node.parents()),
            paths.node().toBytes(),
            paths.merkle().toBytes(),
            paths.entries(),
            paths.bytes(),
            paths.longestPath(),
            unnamed.node().toBytes(),
            unnamed.merkle().toBytes(),
            unnamed.entries(),
            unnamed.bytes(),
            unnamed.longestPath(),
            row.signature(),
            row.statement());
    if (added == 0) {
      throw new IllegalStateException("snapshot exists: " + node.id());
    }
  }

  @Override
  public boolean prune(long namespace, SnapshotId id) {
    return session.update(
            "UPDATE snapshot SET statement = NULL, signature = NULL,"
                + " paths_node = NULL, paths_merkle = NULL, paths_entries = NULL,"
                + " paths_bytes = NULL, paths_longest = NULL, unnamed_node = NULL,"
                + " unnamed_merkle = NULL, unnamed_entries = NULL, unnamed_bytes = NULL,"
                + " unnamed_longest = NULL"
                + " WHERE namespace = ? AND id = ? AND statement IS NOT NULL",
            namespace,
            PackedSnapshotIds.bytes(id))
        > 0;
  }
}

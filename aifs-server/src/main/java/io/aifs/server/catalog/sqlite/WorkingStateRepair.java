package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.TreePart;
import java.util.HexFormat;
import java.util.Optional;

/** Gives branches a working state anew whose rows are lost. */
final class WorkingStateRepair {
  private final Session session;

  WorkingStateRepair(Session session) {
    this.session = session;
  }

  /** Makes the working state what a snapshot holds; nothing if {@code head} is empty or lost. */
  void restore(long namespace, long branch, byte[] head) {
    Optional<SnapshotRow> snapshot =
        head.length == 0
            ? Optional.empty()
            : new SqliteSnapshotReader(session)
                .find(namespace, new SnapshotId(HexFormat.of().formatHex(head)));
    SnapshotRoots roots = snapshot.map(SnapshotRow::roots).orElse(SnapshotRoots.EMPTY);
    SqliteWorkingWriter writer = new SqliteWorkingWriter(session);
    writer.reset(branch, TreePart.PATHS, roots.paths());
    long layer = writer.reset(branch, TreePart.UNNAMED, roots.unnamed());
    session.update(
        "INSERT INTO tree_entry (layer, path, type, asset, size, mode, mtime)"
            + " SELECT ?, CAST(lower(hex(a.id)) AS BLOB), a.kind, a.id, a.size, 420, 0"
            + " FROM asset a JOIN branch b ON b.namespace = a.namespace AND b.name = 'main'"
            + " WHERE b.number = ? AND a.unnamed = 1",
        layer,
        branch);
  }
}

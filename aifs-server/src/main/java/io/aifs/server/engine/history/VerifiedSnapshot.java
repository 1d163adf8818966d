package io.aifs.server.engine.history;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.SnapshotRow;

/** A snapshot whose row, id, statement, key and signature agree. */
public record VerifiedSnapshot(SnapshotRow row, SnapshotStatement statement) {
  public SnapshotId id() {
    return row.id();
  }

  public SnapshotRoots roots() {
    return row.roots();
  }
}

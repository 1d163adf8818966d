package io.aifs.server.catalog.journal;

import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.SnapshotRow;

/** Changes of snapshots; each as the method of {@code SnapshotWriter} that has its name. */
public sealed interface SnapshotOp extends JournalOp {
  record Add(long namespace, SnapshotRow row) implements SnapshotOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.snapshots().add(namespace, row);
    }
  }

  record Prune(long namespace, SnapshotId id) implements SnapshotOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.snapshots().prune(namespace, id);
    }
  }
}

package io.aifs.server.catalog.journal;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.SnapshotWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of snapshots. */
record RecordingSnapshots(SnapshotWriter writer, Consumer<JournalOp> ops)
    implements SnapshotWriter {
  @Override
  public void add(long namespace, SnapshotRow row) {
    writer.add(namespace, row);
    ops.accept(new SnapshotOp.Add(namespace, row));
  }

  @Override
  public boolean prune(long namespace, SnapshotId id) {
    boolean pruned = writer.prune(namespace, id);
    if (pruned) {
      ops.accept(new SnapshotOp.Prune(namespace, id));
    }
    return pruned;
  }

  @Override
  public Optional<SnapshotRow> find(long namespace, SnapshotId id) {
    return writer.find(namespace, id);
  }

  @Override
  public Map<SnapshotId, SnapshotNode> nodes(long namespace, Collection<SnapshotId> ids) {
    return writer.nodes(namespace, ids);
  }

  @Override
  public List<SnapshotNode> firstParents(long namespace, SnapshotId from, int limit) {
    return writer.firstParents(namespace, from, limit);
  }

  @Override
  public List<SnapshotRow> listNewest(long namespace, Optional<Position> before, int limit) {
    return writer.listNewest(namespace, before, limit);
  }

  @Override
  public Map<SnapshotId, SnapshotRoots> roots(
      long namespace, Optional<SnapshotId> after, int limit) {
    return writer.roots(namespace, after, limit);
  }

  @Override
  public Optional<SnapshotId> anyChild(long namespace, SnapshotId parent) {
    return writer.anyChild(namespace, parent);
  }
}

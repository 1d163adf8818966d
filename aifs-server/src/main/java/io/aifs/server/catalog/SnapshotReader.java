package io.aifs.server.catalog;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots of a namespace ({@code namespace} is its number) and their places in history. */
public interface SnapshotReader {
  /**
   * Where a page of {@link #listNewest} ended: the last snapshot's time and id, by which it is
   * sorted.
   */
  record Position(Instant createdAt, SnapshotId id) {}

  /** A snapshot with its content; empty if it is unknown or was pruned. */
  Optional<SnapshotRow> find(long namespace, SnapshotId id);

  /** Places in history, of pruned snapshots too. Unknown ids are absent from the result. */
  Map<SnapshotId, SnapshotNode> nodes(long namespace, Collection<SnapshotId> ids);

  /**
   * The snapshot and its first parent, that one's first parent and so on, at most {@code limit} in
   * all; empty if the snapshot is unknown. Ends early at a parent that is unknown.
   */
  List<SnapshotNode> firstParents(long namespace, SnapshotId from, int limit);

  /** Those not pruned, newest first, and of one instant by descending id. */
  List<SnapshotRow> listNewest(long namespace, Optional<Position> before, int limit);

  /** What those snapshots hold that are not pruned, by id, after {@code after}. */
  Map<SnapshotId, SnapshotRoots> roots(long namespace, Optional<SnapshotId> after, int limit);

  /** A snapshot that has {@code parent} as a parent, if there is one. Looks at all of them. */
  Optional<SnapshotId> anyChild(long namespace, SnapshotId parent);
}

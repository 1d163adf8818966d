package io.aifs.server.catalog;

import io.aifs.core.model.SnapshotId;

/** Adds snapshots, and takes the content of old ones away. */
public interface SnapshotWriter extends SnapshotReader {
  /**
   * Adds a snapshot.
   *
   * @throws IllegalStateException if there is one of this id, pruned or not
   */
  void add(long namespace, SnapshotRow row);

  /**
   * Drops content, statement and signature. Its place in history stays, and its id is never used
   * again. Returns whether there was anything to drop. Refs that name it are the engine's business.
   */
  boolean prune(long namespace, SnapshotId id);
}

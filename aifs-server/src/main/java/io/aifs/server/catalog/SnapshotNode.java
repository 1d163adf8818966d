package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot's place in history.
 *
 * @param createdAt whole microseconds
 * @param generation 1 without parents, else one more than the highest of theirs: an ancestor's is
 *     always lower
 * @param parents the first is what the branch stood at
 * @param pruned its content, statement and signature are gone; its place stays
 */
public record SnapshotNode(
    SnapshotId id, Instant createdAt, long generation, List<SnapshotId> parents, boolean pruned) {
  public SnapshotNode {
    requireNonNull(id, "id is null");
    requireNonNull(createdAt, "createdAt is null");
    parents = List.copyOf(parents);
    if (generation < 1) {
      throw new IllegalArgumentException("generation is below 1: " + generation);
    }
    if (parents.size() > Limits.SNAPSHOT_PARENTS_MAX) {
      throw new IllegalArgumentException("there are too many parents: " + parents.size());
    }
  }
}

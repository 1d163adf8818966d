package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A branch.
 *
 * @param head the newest snapshot; empty only until a namespace's {@code main} gets its first
 * @param updatedAt when it last moved
 * @param guarded whether it only moves forward and is not deleted
 */
public record BranchRow(
    Name name,
    Optional<SnapshotId> head,
    Instant createdAt,
    Instant updatedAt,
    Map<String, String> metadata,
    boolean guarded) {
  public BranchRow {
    requireNonNull(name, "name is null");
    requireNonNull(head, "head is null");
    metadata = Map.copyOf(metadata);
  }
}

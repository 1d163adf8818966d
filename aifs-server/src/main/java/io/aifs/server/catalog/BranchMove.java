package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A branch was made, moved or deleted.
 *
 * @param sequence of the event that tells of it
 * @param from where it stood; empty if it was made, or had no snapshot yet
 * @param to where it stands then; empty if it was deleted
 * @param who the id of the token
 * @param reason why, as the mover says; may be empty
 * @param metadata the mover's; if there is any, it becomes the branch's
 */
public record BranchMove(
    long sequence,
    Name branch,
    Optional<SnapshotId> from,
    Optional<SnapshotId> to,
    Instant at,
    String who,
    String reason,
    Map<String, String> metadata) {
  public BranchMove {
    requireNonNull(branch, "branch is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(at, "at is null");
    requireNonNull(who, "who is null");
    requireNonNull(reason, "reason is null");
    metadata = Map.copyOf(metadata);
    if (from.isEmpty() && to.isEmpty()) {
      throw new IllegalArgumentException("a move leads from nowhere to nowhere");
    }
  }
}

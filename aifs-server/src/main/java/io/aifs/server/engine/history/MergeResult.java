package io.aifs.server.engine.history;

import io.aifs.core.model.SnapshotId;
import io.aifs.server.snapshot.MergeChoice;
import io.aifs.server.snapshot.TreeConflict;
import java.util.List;
import java.util.Optional;

/**
 * What a merge or a revert came to.
 *
 * @param snapshot where the branch stands now, or would if that is known without making it
 * @param base what the two sides have in common
 * @param conflicts the first of them
 * @param conflictCount how many there are
 * @param changedPaths how many paths of the branch changed, or would
 */
public record MergeResult(
    Outcome outcome,
    Optional<VerifiedSnapshot> snapshot,
    Optional<SnapshotId> base,
    List<Conflict> conflicts,
    long conflictCount,
    long changedPaths) {
  /** Conflicts that are told one by one. */
  public static final int CONFLICTS_MAX = 1_000;

  public MergeResult {
    conflicts = List.copyOf(conflicts);
  }

  /** What was done. */
  public enum Outcome {
    /** The branch holds it all already. */
    UP_TO_DATE,
    /** The branch moved to what was merged. */
    FAST_FORWARD,
    /** There is a snapshot of its own. */
    MERGED,
    /** Nothing changed: something needs a choice. */
    CONFLICTS
  }

  /** A conflict and what was chosen. */
  public record Conflict(TreeConflict conflict, MergeChoice choice) {}
}

package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.List;
import java.util.Optional;

/**
 * What came of a merge, or would.
 *
 * @param snapshot where the branch stands now, or would; empty if a dry run made none
 * @param base the snapshot that both sides come from
 * @param conflicts the first 1,000
 * @param conflictCount how many there are
 * @param changedPaths how many paths of the branch changed
 */
public record MergeOutcome(
    Kind kind,
    Optional<SnapshotSummary> snapshot,
    Optional<SnapshotId> base,
    List<Conflict> conflicts,
    long conflictCount,
    long changedPaths) {
  public MergeOutcome {
    requireNonNull(kind, "kind is null");
    conflicts = List.copyOf(conflicts);
  }

  /** How it ended. */
  public enum Kind {
    /** The branch holds it all already. */
    UP_TO_DATE,
    /** The branch moved to a snapshot that was there. */
    FAST_FORWARD,
    /** A new snapshot holds what both sides changed. */
    MERGED,
    /** Nothing changed: the conflicts want choices. */
    CONFLICTS
  }

  /**
   * A path that both sides changed, each in its own way.
   *
   * @param choice what was chosen, {@link ConflictChoice#FAIL} if nothing was
   */
  public record Conflict(
      TreePath path,
      Optional<TreeEntry> base,
      Optional<TreeEntry> ours,
      Optional<TreeEntry> theirs,
      ConflictChoice choice) {
    public Conflict {
      requireNonNull(path, "path is null");
      requireNonNull(choice, "choice is null");
    }
  }
}

package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import java.util.Map;
import java.util.Optional;

/**
 * How a merge or a revert is done.
 *
 * @param choice for every conflict without one of its own
 * @param choices for single paths; a revert takes none
 * @param dryRun only says what would come of it
 * @param ownSnapshot makes a snapshot even where the branch could simply move
 * @param allowUnrelated merges although the two have no snapshot in common
 * @param message of the snapshot; empty leaves it to the store
 * @param author who makes it; empty leaves it to the store
 * @param expected what the branch must stand at; empty for whatever it is
 */
public record MergeOptions(
    ConflictChoice choice,
    Map<TreePath, ConflictChoice> choices,
    boolean dryRun,
    boolean ownSnapshot,
    boolean allowUnrelated,
    String message,
    String author,
    Optional<SnapshotId> expected) {
  /** Ends at the first conflict, and leaves the words to the store. */
  public static final MergeOptions PLAIN =
      new MergeOptions(
          ConflictChoice.FAIL, Map.of(), false, false, false, "", "", Optional.empty());

  public MergeOptions {
    requireNonNull(choice, "choice is null");
    requireNonNull(message, "message is null");
    requireNonNull(author, "author is null");
    requireNonNull(expected, "expected is null");
    choices = Map.copyOf(choices);
  }
}

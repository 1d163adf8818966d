package io.aifs.server.engine.history;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.server.snapshot.MergeChoice;
import java.util.Map;
import java.util.Optional;

/**
 * How changes are to be brought into a branch.
 *
 * @param into the branch that is changed
 * @param choice what becomes of conflicts; unresolved ones end it with nothing changed
 * @param choices for single paths, before the general one
 * @param fastForward whether the branch may simply move
 * @param unrelated also if the two have nothing in common
 * @param message empty: one that says what was done
 * @param expected where the branch must stand; empty: wherever it does
 * @param who the id of the token
 */
public record MergeOrder(
    Name into,
    MergeChoice choice,
    Map<TreePath, MergeChoice> choices,
    boolean dryRun,
    boolean fastForward,
    boolean unrelated,
    String message,
    String author,
    Optional<SnapshotId> expected,
    String who) {
  public MergeOrder {
    choices = Map.copyOf(choices);
  }

  MergeChoice choiceOf(TreePath path) {
    return choices.getOrDefault(path, choice);
  }

  String messageOr(String otherwise) {
    return message.isEmpty() ? otherwise : message;
  }
}

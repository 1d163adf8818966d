package io.aifs.server.engine.history;

import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.snapshot.MergeChoice;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.TreeConflict;
import io.aifs.server.snapshot.TreeEditor;
import io.aifs.server.snapshot.TreeMerge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Three states of both parts, and what comes of them. It is looked at first, which writes nothing,
 * and then made.
 */
final class ThreeWay {
  private final NodeSource nodes;
  private final SnapshotRoots base;
  private final SnapshotRoots ours;
  private final SnapshotRoots theirs;
  private final MergeOrder order;

  private final List<MergeResult.Conflict> conflicts = new ArrayList<>();
  private long conflictCount;
  private long unresolved;
  private long changedPaths;

  ThreeWay(
      NodeSource nodes,
      SnapshotRoots base,
      SnapshotRoots ours,
      SnapshotRoots theirs,
      MergeOrder order) {
    this.nodes = nodes;
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.order = order;
  }

  /** Counts changes and conflicts; to be called once. */
  void look() {
    changedPaths =
        count(new TreeMerge(nodes, base.paths(), ours.paths(), theirs.paths(), this::noted));
    changedPaths += count(unnamed());
  }

  private static long count(TreeMerge merge) {
    long edits = 0;
    while (merge.hasNext()) {
      merge.next();
      edits++;
    }
    return edits;
  }

  private MergeChoice noted(TreeConflict conflict) {
    MergeChoice choice = order.choiceOf(conflict.path());
    conflictCount++;
    if (choice == MergeChoice.UNRESOLVED) {
      unresolved++;
    }
    if (conflicts.size() < MergeResult.CONFLICTS_MAX) {
      conflicts.add(new MergeResult.Conflict(conflict, choice));
    }
    return choice;
  }

  /** In the unnamed part a path is the asset's id: there is nothing to choose between. */
  private TreeMerge unnamed() {
    return new TreeMerge(
        nodes, base.unnamed(), ours.unnamed(), theirs.unnamed(), _ -> MergeChoice.OURS);
  }

  /** Writes the merged trees. */
  SnapshotRoots write(TreeStorage.Writing writing) throws IOException {
    TreeMerge paths =
        new TreeMerge(
            nodes,
            base.paths(),
            ours.paths(),
            theirs.paths(),
            conflict -> order.choiceOf(conflict.path()));
    TreeRoot merged = TreeEditor.apply(nodes, writing, ours.paths(), paths);
    return new SnapshotRoots(merged, TreeEditor.apply(nodes, writing, ours.unnamed(), unnamed()));
  }

  List<MergeResult.Conflict> conflicts() {
    return conflicts;
  }

  long conflictCount() {
    return conflictCount;
  }

  boolean isResolved() {
    return unresolved == 0;
  }

  long changedPaths() {
    return changedPaths;
  }
}

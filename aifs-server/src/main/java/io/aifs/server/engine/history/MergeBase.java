package io.aifs.server.engine.history;

import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.SnapshotNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds what two snapshots have in common. Walks from both towards the beginning, always on from
 * the highest generation: since an ancestor's is lower, the first snapshot that both sides reach is
 * one that no other common one descends from.
 */
final class MergeBase {
  private static final int OURS = 1;
  private static final int THEIRS = 2;
  private static final int BOTH = OURS | THEIRS;
  private static final Comparator<SnapshotNode> HIGHEST_FIRST =
      Comparator.comparingLong(SnapshotNode::generation)
          .thenComparing(SnapshotNode::createdAt)
          .thenComparing(SnapshotNode::id)
          .reversed();

  private final Ancestors ancestors;

  MergeBase(Ancestors ancestors) {
    this.ancestors = ancestors;
  }

  /**
   * The best common ancestor, which may be one of the two; of several (of histories that crossed)
   * always the same one. Empty if there is none.
   */
  Optional<SnapshotNode> of(SnapshotId ours, SnapshotId theirs) {
    Map<SnapshotId, Integer> sides = new HashMap<>();
    PriorityQueue<SnapshotNode> waiting = new PriorityQueue<>(HIGHEST_FIRST);
    reach(ours, OURS, sides, waiting);
    reach(theirs, THEIRS, sides, waiting);
    while (!waiting.isEmpty()) {
      SnapshotNode node = waiting.remove();
      int side = sides.getOrDefault(node.id(), 0);
      if (side == BOTH) {
        return Optional.of(node);
      }
      node.parents().forEach(parent -> reach(parent, side, sides, waiting));
    }
    return Optional.empty();
  }

  private void reach(
      SnapshotId id,
      int side,
      Map<SnapshotId, Integer> sides,
      PriorityQueue<SnapshotNode> waiting) {
    boolean isNew = !sides.containsKey(id);
    sides.merge(id, side, (before, now) -> before | now);
    if (isNew) {
      ancestors.find(id).ifPresent(waiting::add);
    }
  }
}

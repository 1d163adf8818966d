package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lineage is acyclic: nothing is made from itself. */
final class LineageRules {
  /** Ancestors visited before giving up. */
  static final int ANCESTORS_MAX = 1_000_000;

  /**
   * Refuses edges that would make {@code child} its own ancestor.
   *
   * @param knownBefore whether the child, or a tombstone of it, may already have descendants
   */
  static void requireAcyclic(
      AssetReader assets,
      long namespace,
      Digest child,
      List<ParentEdge> parents,
      boolean knownBefore) {
    Set<Digest> visited = new HashSet<>();
    Deque<Digest> open = new ArrayDeque<>();
    for (ParentEdge edge : parents) {
      requireOther(child, edge.parent());
      if (visited.add(edge.parent())) {
        open.add(edge.parent());
      }
    }
    if (!knownBefore && assets.findTombstone(namespace, child).isEmpty()) {
      return; // nothing can descend from an asset that was never there
    }
    while (!open.isEmpty()) {
      for (ParentEdge edge : assets.parents(namespace, open.remove())) {
        requireOther(child, edge.parent());
        if (visited.add(edge.parent())) {
          open.add(edge.parent());
        }
      }
      if (visited.size() > ANCESTORS_MAX) {
        throw new AifsException.LimitExceeded(
            Reason.LIMIT_EXCEEDED,
            "the parents of " + child + " have over " + ANCESTORS_MAX + " ancestors",
            "record the lineage through fewer steps");
      }
    }
  }

  private static void requireOther(Digest child, Digest ancestor) {
    if (child.equals(ancestor)) {
      throw new AifsException.Precondition(
          Reason.LINEAGE_CYCLE,
          "asset " + child + " would be its own ancestor",
          "leave out the parent that was made from it");
    }
  }

  private LineageRules() {}
}

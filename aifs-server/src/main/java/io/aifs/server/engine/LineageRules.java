package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeLevel;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageReader;
import io.aifs.server.catalog.LineageSide;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lineage is acyclic: nothing is made from itself. And an asset's edges upward are bounded. */
public final class LineageRules {
  /** Edges looked at before giving up. */
  static final long EDGES_SEEN_MAX = 1_000_000;

  private final LineageReader lineage;
  private final long namespace;
  private final Map<Digest, List<ParentEdge>> added;

  /** What each asset that was reached is made from: edges that are there, and added ones. */
  private final Map<Digest, Set<Digest>> reached = new HashMap<>();

  private LineageRules(LineageReader lineage, long namespace, Map<Digest, List<ParentEdge>> added) {
    this.lineage = lineage;
    this.namespace = namespace;
    this.added = added;
  }

  /**
   * Refuses edges that would make an asset its own ancestor. To be asked before they are added.
   *
   * @param added by child
   */
  public static void requireAcyclic(
      LineageReader lineage, long namespace, Map<Digest, List<ParentEdge>> added) {
    added.forEach(
        (child, edges) ->
            edges.forEach(
                edge -> {
                  if (edge.parent().equals(child)) {
                    throw cycle(child);
                  }
                }));
    new LineageRules(lineage, namespace, added).requireNoCycle();
  }

  /**
   * Refuses edges beyond what one asset may have.
   *
   * @param known the edges that it has
   */
  public static void requireFits(
      Digest child, Collection<ParentEdge> known, Collection<ParentEdge> added) {
    Set<ParentEdge> all = new HashSet<>(known);
    all.addAll(added);
    if (all.size() > Limits.PARENTS_MAX && all.size() > known.size()) {
      throw new AifsException.Precondition(
          Reason.LIMIT_EXCEEDED,
          "asset " + child + " would have over " + Limits.PARENTS_MAX + " parents",
          "group the parents into an artifact and name that");
    }
  }

  private void requireNoCycle() {
    Set<Digest> suspects = suspects();
    if (suspects.isEmpty()) {
      return;
    }
    for (Digest child : suspects) {
      reached.put(child, new HashSet<>());
    }
    reach(suspects);
    Set<Digest> left = withoutRoots();
    if (!left.isEmpty()) {
      throw cycle(onCycle(left));
    }
  }

  /** A cycle leads on from each of its assets: those that nothing is made from are in none. */
  private Set<Digest> suspects() {
    Set<Digest> parents = new HashSet<>();
    added.values().forEach(edges -> edges.forEach(edge -> parents.add(edge.parent())));
    Set<Digest> suspects = new HashSet<>(added.keySet());
    suspects.retainAll(parents);
    List<Digest> others = added.keySet().stream().filter(id -> !suspects.contains(id)).toList();
    suspects.addAll(lineage.having(namespace, LineageSide.CHILDREN, others));
    return suspects;
  }

  /** All ancestors, a level at a time. */
  private void reach(Set<Digest> suspects) {
    List<Digest> level = List.copyOf(suspects);
    long seen = 0;
    while (!level.isEmpty()) {
      EdgeLevel edges =
          lineage.level(
              namespace,
              LineageSide.PARENTS,
              level,
              EdgeFilter.ALL,
              Integer.MAX_VALUE,
              EDGES_SEEN_MAX - seen);
      seen += edges.seen();
      if (!edges.complete()) {
        throw new AifsException.LimitExceeded(
            Reason.LIMIT_EXCEEDED,
            "the new parents have over " + EDGES_SEEN_MAX + " ancestors",
            "record the lineage through fewer steps");
      }
      List<Digest> next = new ArrayList<>();
      for (EdgeRow edge : edges.edges()) {
        note(edge.child(), edge.parent(), next);
      }
      for (Digest child : level) {
        added.getOrDefault(child, List.of()).forEach(edge -> note(child, edge.parent(), next));
      }
      level = next;
    }
  }

  private void note(Digest child, Digest parent, List<Digest> next) {
    if (reached.putIfAbsent(parent, new HashSet<>()) == null) {
      next.add(parent);
    }
    parentsOf(child).add(parent);
  }

  private Set<Digest> parentsOf(Digest child) {
    return reached.getOrDefault(child, Set.of());
  }

  /** What is left after all that has no parents left is taken away, again and again. */
  private Set<Digest> withoutRoots() {
    Map<Digest, List<Digest>> children = new HashMap<>();
    Map<Digest, Integer> open = new HashMap<>();
    Deque<Digest> roots = new ArrayDeque<>();
    reached.forEach(
        (child, parents) -> {
          open.put(child, parents.size());
          parents.forEach(
              parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child));
          if (parents.isEmpty()) {
            roots.add(child);
          }
        });
    while (!roots.isEmpty()) {
      Digest root = roots.remove();
      open.remove(root);
      for (Digest child : children.getOrDefault(root, List.of())) {
        if (open.merge(child, -1, Integer::sum) == 0) {
          roots.add(child);
        }
      }
    }
    return open.keySet();
  }

  /** Upward from anything that is left one comes to a cycle; one of its edges is an added one. */
  private Digest onCycle(Set<Digest> left) {
    Digest at = left.iterator().next();
    Set<Digest> passed = new HashSet<>();
    while (passed.add(at)) {
      at = parentLeft(at, left);
    }
    Digest start = at;
    while (!added.containsKey(at)) {
      at = parentLeft(at, left);
      if (at.equals(start)) {
        break; // the cycle was there before
      }
    }
    return at;
  }

  private Digest parentLeft(Digest child, Set<Digest> left) {
    return parentsOf(child).stream().filter(left::contains).findFirst().orElseThrow();
  }

  private static AifsException.Precondition cycle(Digest child) {
    return new AifsException.Precondition(
        Reason.LINEAGE_CYCLE,
        "asset " + child + " would be its own ancestor",
        "leave out the parent that was made from it");
  }
}

package io.aifs.server.engine.lineage;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeLevel;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageSide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shortest chain of edges from an asset up to one of its ancestors: from both ends a level at a
 * time, always on the side that has fewer assets waiting, until the sides meet. Not thread-safe.
 */
final class PathSearch {
  private static final int ASSETS_AT_A_TIME = 4_096;

  private final Catalog catalog;
  private final long namespace;
  private long seenMax;
  private boolean cut;

  PathSearch(Catalog catalog, long namespace, long seenMax) {
    this.catalog = catalog;
    this.namespace = namespace;
    this.seenMax = seenMax;
  }

  /** How an asset was reached: by which edge, absent for an end itself, and in how many steps. */
  private record Reached(@Nullable EdgeRow by, int steps) {}

  /** What was reached from one end. */
  private static final class Side {
    private final LineageSide direction;
    private final Map<Digest, Reached> reached = new HashMap<>();
    private List<Digest> waiting;
    private int steps;

    Side(LineageSide direction, Digest end) {
      this.direction = direction;
      this.waiting = List.of(end);
      reached.put(end, new Reached(null, 0));
    }

    /** The edges from this end to an asset, the last first. */
    List<EdgeRow> edgesTo(Digest asset) {
      List<EdgeRow> edges = new ArrayList<>();
      EdgeRow by = requireNonNull(reached.get(asset)).by();
      while (by != null) {
        edges.add(by);
        by = requireNonNull(reached.get(by.end(direction.opposite()))).by();
      }
      return edges;
    }
  }

  boolean cut() {
    return cut;
  }

  /** The edges from {@code child} up to {@code ancestor}, in that order. */
  Optional<List<EdgeRow>> up(Digest child, Digest ancestor) {
    if (child.equals(ancestor)) {
      return Optional.of(List.of());
    }
    Side up = new Side(LineageSide.PARENTS, child);
    Side down = new Side(LineageSide.CHILDREN, ancestor);
    Optional<Digest> meeting = Optional.empty();
    while (meeting.isEmpty() && !cut && !up.waiting.isEmpty() && !down.waiting.isEmpty()) {
      meeting = up.waiting.size() <= down.waiting.size() ? advance(up, down) : advance(down, up);
    }
    return meeting.map(
        at -> {
          List<EdgeRow> edges = new ArrayList<>(up.edgesTo(at).reversed());
          edges.addAll(down.edgesTo(at));
          return edges;
        });
  }

  /** Goes one level on; returns the asset where the sides meet with the fewest steps in all. */
  private Optional<Digest> advance(Side side, Side other) {
    side.steps++;
    List<Digest> next = new ArrayList<>();
    @Nullable Digest best = null;
    int bestSteps = Integer.MAX_VALUE;
    for (EdgeRow edge : edges(side)) {
      Digest end = edge.end(side.direction);
      if (side.reached.putIfAbsent(end, new Reached(edge, side.steps)) != null) {
        continue;
      }
      next.add(end);
      Reached there = other.reached.get(end);
      if (there != null && there.steps() < bestSteps) {
        best = end;
        bestSteps = there.steps();
      }
    }
    next.sort(Comparator.naturalOrder()); // as tables are sorted: neighbours share pages
    side.waiting = next;
    return Optional.ofNullable(best);
  }

  private List<EdgeRow> edges(Side side) {
    List<EdgeRow> edges = new ArrayList<>();
    for (int i = 0; i < side.waiting.size() && !cut; i += ASSETS_AT_A_TIME) {
      List<Digest> part =
          side.waiting.subList(i, Math.min(i + ASSETS_AT_A_TIME, side.waiting.size()));
      EdgeLevel found =
          catalog.read(
              reader ->
                  reader
                      .lineage()
                      .level(
                          namespace,
                          side.direction,
                          part,
                          EdgeFilter.ALL,
                          Integer.MAX_VALUE,
                          seenMax));
      seenMax -= found.seen();
      cut = !found.complete();
      edges.addAll(found.edges());
    }
    return edges;
  }
}

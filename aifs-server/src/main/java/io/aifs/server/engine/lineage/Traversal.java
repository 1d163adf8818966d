package io.aifs.server.engine.lineage;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeLevel;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One walk, nearest first. Each page is a read of its own, so that a slow reader of pages holds
 * nothing; as edges never go, pages never contradict each other. Not thread-safe.
 */
final class Traversal {
  /** Edges that one call looks at. */
  static final long EDGES_SEEN_MAX = 2_000_000;

  /** Assets whose edges are read at once; fewer of them where each has many. */
  private static final int ASSETS_AT_A_TIME = 4_096;

  private static final int ASSETS_AT_FIRST = 64;

  private static final int EDGES_AT_A_TIME = 1 << 17;

  private final Catalog catalog;
  private final long namespace;
  private final TraverseOrder order;
  private final Consumer<LineagePage> pages;
  private final Set<Digest> reached = new HashSet<>();
  private final Set<LineageLimit> cutBy = EnumSet.noneOf(LineageLimit.class);
  private long seen;

  Traversal(Catalog catalog, long namespace, TraverseOrder order, Consumer<LineagePage> pages) {
    this.catalog = catalog;
    this.namespace = namespace;
    this.order = order;
    this.pages = pages;
  }

  /** Walks, and returns what cut it. */
  Set<LineageLimit> run(LineageNode start) {
    reached.add(start.id());
    pages.accept(new LineagePage(List.of(step(start, 0)), List.of(), List.of()));
    List<Digest> level = List.of(start.id());
    for (int depth = 1; depth <= order.depth() && !level.isEmpty() && !full(); depth++) {
      level = walk(level, depth);
    }
    if (!full() && leadsOn(level)) {
      cutBy.add(LineageLimit.DEPTH);
    }
    return cutBy;
  }

  private boolean full() {
    return cutBy.contains(LineageLimit.NODES) || cutBy.contains(LineageLimit.EDGES);
  }

  /** Goes one step on from all of these; returns what was not reached before. */
  private List<Digest> walk(List<Digest> level, int depth) {
    List<Digest> next = new ArrayList<>();
    int size = ASSETS_AT_FIRST;
    int at = 0;
    while (at < level.size() && !full()) {
      List<Digest> part = level.subList(at, Math.min(at + size, level.size()));
      long edgesMax = part.size() == 1 ? EDGES_SEEN_MAX : EDGES_AT_A_TIME;
      long before = seen;
      Optional<LineagePage> page =
          catalog.read(reader -> page(reader, part, edgesMax, depth, next));
      if (page.isEmpty()) {
        size = Math.max(1, part.size() / 8);
      } else {
        pages.accept(page.get());
        at += part.size();
        size = seen - before < EDGES_AT_A_TIME / 4 ? Math.min(2 * size, ASSETS_AT_A_TIME) : size;
      }
    }
    next.sort(Comparator.naturalOrder()); // as tables are sorted: neighbours share pages
    return next;
  }

  /** Empty if these assets have more edges than are to be held at once: fewer are to be tried. */
  private Optional<LineagePage> page(
      CatalogReader reader, List<Digest> part, long edgesMax, int depth, List<Digest> next) {
    long left = EDGES_SEEN_MAX - seen;
    EdgeLevel found =
        reader
            .lineage()
            .level(
                namespace,
                order.side(),
                part,
                order.filter(),
                order.fanOut(),
                Math.min(left, edgesMax));
    if (!found.complete() && edgesMax < left) {
      return Optional.empty();
    }
    seen += found.seen();
    if (!found.complete()) {
      cutBy.add(LineageLimit.EDGES);
    }
    if (!found.fannedOut().isEmpty()) {
      cutBy.add(LineageLimit.FAN_OUT);
    }
    List<EdgeRow> edges = new ArrayList<>(found.edges().size());
    Set<Digest> fresh = new LinkedHashSet<>();
    for (EdgeRow edge : found.edges()) {
      if (reach(edge.end(order.side()), fresh)) {
        edges.add(edge);
      }
    }
    next.addAll(fresh);
    Map<Digest, LineageNode> nodes = reader.lineage().nodes(namespace, fresh);
    LineagePage page =
        new LineagePage(
            fresh.stream().map(id -> step(LineageService.known(nodes, id), depth)).toList(),
            edges,
            List.copyOf(found.fannedOut()));
    return Optional.of(page);
  }

  /** Returns false if there is no room for another asset. */
  private boolean reach(Digest id, Set<Digest> fresh) {
    if (reached.contains(id)) {
      return true;
    }
    if (reached.size() == order.nodes()) {
      cutBy.add(LineageLimit.NODES);
      return false;
    }
    reached.add(id);
    fresh.add(id);
    return true;
  }

  private LineagePage.Step step(LineageNode node, int depth) {
    return new LineagePage.Step(node, depth, order.selects(node));
  }

  /** Whether an edge that would be followed leads on from any of these. */
  private boolean leadsOn(List<Digest> level) {
    EdgeFilter filter = order.filter();
    for (int i = 0; i < level.size(); i += ASSETS_AT_A_TIME) {
      List<Digest> part = level.subList(i, Math.min(i + ASSETS_AT_A_TIME, level.size()));
      boolean leads =
          catalog.read(
              reader ->
                  filter.equals(EdgeFilter.ALL)
                      ? !reader.lineage().having(namespace, order.side(), part).isEmpty()
                      : !reader
                          .lineage()
                          .level(namespace, order.side(), part, filter, 0, EDGES_SEEN_MAX)
                          .fannedOut()
                          .isEmpty());
      if (leads) {
        return true;
      }
    }
    return false;
  }
}

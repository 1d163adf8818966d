package io.aifs.cli.testing;

import io.aifs.client.Lineage;
import io.aifs.client.WalkOptions;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Lineage in memory: as much of it as commands show. Everything was recorded at the epoch. */
record MemoryLineage(MemoryStore store, Name namespace) implements Lineage {
  private MemorySpace space() {
    return store.space(namespace);
  }

  @Override
  public Added addParents(List<NewParents> children) {
    int added = 0;
    for (NewParents child : children) {
      MemorySpace.Asset asset = space().require(child.child());
      Set<ParentEdge> parents = new LinkedHashSet<>(asset.parents());
      for (ParentEdge edge : child.parents()) {
        added += parents.add(edge) ? 1 : 0;
      }
      space()
          .assets
          .put(
              child.child(),
              new MemorySpace.Asset(asset.info(), asset.bytes(), List.copyOf(parents)));
    }
    return new Added(added, 1);
  }

  private List<Edge> edges(Digest from, Direction direction) {
    List<Edge> found = new ArrayList<>();
    space()
        .assets
        .forEach(
            (child, asset) -> {
              for (ParentEdge parent : asset.parents()) {
                Edge edge = new Edge(child, parent, Instant.EPOCH);
                Direction back = direction == Direction.UP ? Direction.DOWN : Direction.UP;
                if (edge.end(back).equals(from)) {
                  found.add(edge);
                }
              }
            });
    return found;
  }

  private Node node(Digest id, int depth, WalkOptions options) {
    var info = space().require(id).info();
    boolean selected = options.kinds().isEmpty() || options.kinds().contains(info.kind());
    return new Node(
        id,
        info.kind(),
        info.size(),
        Optional.of(info.createdAt()),
        Optional.empty(),
        depth,
        selected);
  }

  @Override
  public Set<Limit> traverse(Digest start, WalkOptions options, Consumer<Page> pages) {
    Set<Limit> cutBy = EnumSet.noneOf(Limit.class);
    int depthMax = options.depth() == 0 ? 10 : options.depth();
    Map<Digest, Integer> depths = new LinkedHashMap<>(Map.of(start, 0));
    pages.accept(new Page(List.of(node(start, 0, options)), List.of(), List.of()));
    Deque<Digest> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      Digest at = waiting.remove();
      int depth = depths.getOrDefault(at, 0) + 1;
      List<Edge> edges =
          edges(at, options.direction()).stream()
              .filter(
                  edge ->
                      options.transforms().isEmpty()
                          || options.transforms().contains(edge.parent().transformName()))
              .toList();
      if (depth > depthMax) {
        if (!edges.isEmpty()) {
          cutBy.add(Limit.DEPTH);
        }
        continue;
      }
      List<Node> nodes = new ArrayList<>();
      for (Edge edge : edges) {
        Digest end = edge.end(options.direction());
        if (depths.putIfAbsent(end, depth) == null) {
          waiting.add(end);
          nodes.add(node(end, depth, options));
        }
      }
      pages.accept(new Page(nodes, edges, List.of()));
    }
    return cutBy;
  }

  @Override
  public Path path(Digest from, Digest to) {
    for (Direction direction : Direction.values()) {
      Map<Digest, Edge> by = new HashMap<>();
      Deque<Digest> waiting = new ArrayDeque<>(List.of(from));
      while (!waiting.isEmpty()) {
        for (Edge edge : edges(waiting.remove(), direction)) {
          if (by.putIfAbsent(edge.end(direction), edge) == null) {
            waiting.add(edge.end(direction));
          }
        }
      }
      if (by.containsKey(to)) {
        return path(from, to, direction, by);
      }
    }
    return new Path(false, Direction.UP, List.of(), List.of(), false);
  }

  private Path path(Digest from, Digest to, Direction direction, Map<Digest, Edge> by) {
    Direction back = direction == Direction.UP ? Direction.DOWN : Direction.UP;
    List<Edge> edges = new ArrayList<>();
    for (Digest at = to; !at.equals(from); at = edges.getLast().end(back)) {
      edges.add(Optional.ofNullable(by.get(at)).orElseThrow());
    }
    List<Edge> inOrder = edges.reversed();
    List<Node> nodes = new ArrayList<>();
    nodes.add(node(from, 0, WalkOptions.of(direction)));
    for (Edge edge : inOrder) {
      nodes.add(node(edge.end(direction), nodes.size(), WalkOptions.of(direction)));
    }
    return new Path(true, direction, nodes, inOrder, false);
  }

  @Override
  public Reasons why(Digest asset, int limit) {
    List<InBranch> paths = new ArrayList<>();
    space()
        .paths
        .forEach(
            (path, entry) -> {
              if (entry instanceof TreeEntry.File file && file.asset().equals(asset)) {
                paths.add(new InBranch(Name.MAIN_BRANCH, path));
              }
            });
    List<Edge> children = edges(asset, Direction.DOWN);
    int most = limit == 0 ? 100 : limit;
    return new Reasons(
        node(asset, 0, WalkOptions.of(Direction.UP)),
        !paths.isEmpty() || !children.isEmpty(),
        paths.subList(0, Math.min(most, paths.size())),
        List.of(),
        children.subList(0, Math.min(most, children.size())),
        paths.size() > most || children.size() > most,
        false,
        0,
        0,
        false);
  }
}

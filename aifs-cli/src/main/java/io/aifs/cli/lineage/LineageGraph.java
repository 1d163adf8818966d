package io.aifs.cli.lineage;

import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import io.aifs.client.Lineage.Page;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a walk found, gathered from its pages. Not thread-safe. */
public final class LineageGraph {
  private final Name namespace;
  private final Direction direction;
  private final Map<Digest, Node> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Set<Digest> moreAt = new HashSet<>();

  public LineageGraph(Name namespace, Direction direction) {
    this.namespace = namespace;
    this.direction = direction;
  }

  public Name namespace() {
    return namespace;
  }

  public Direction direction() {
    return direction;
  }

  public void add(Page page) {
    page.nodes().forEach(node -> nodes.put(node.id(), node));
    edges.addAll(page.edges());
    moreAt.addAll(page.moreAt());
  }

  /** The first is where the walk began; the others follow nearest first. */
  public Collection<Node> nodes() {
    return nodes.values();
  }

  public Optional<Node> start() {
    return nodes.values().stream().findFirst();
  }

  public Node node(Digest id) {
    Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException("an edge leads to an asset that was not told: " + id);
    }
    return node;
  }

  public List<Edge> edges() {
    return edges;
  }

  /** Whether the asset has more edges than these. */
  public boolean hasMore(Digest id) {
    return moreAt.contains(id);
  }

  /** The edges that lead on from each asset. */
  Map<Digest, List<Edge>> edgesOn() {
    Map<Digest, List<Edge>> on = new HashMap<>();
    for (Edge edge : edges) {
      on.computeIfAbsent(origin(edge), _ -> new ArrayList<>()).add(edge);
    }
    return on;
  }

  private Digest origin(Edge edge) {
    return edge.end(direction == Direction.UP ? Direction.DOWN : Direction.UP);
  }

  /** Only what leads to a selected asset; the start stays in any case. */
  public LineageGraph pruned() {
    Map<Digest, List<Edge>> into = new HashMap<>();
    for (Edge edge : edges) {
      into.computeIfAbsent(edge.end(direction), _ -> new ArrayList<>()).add(edge);
    }
    Set<Digest> kept = new HashSet<>();
    Deque<Digest> waiting = new ArrayDeque<>();
    nodes.values().stream().filter(Node::selected).map(Node::id).forEach(waiting::add);
    while (!waiting.isEmpty()) {
      Digest id = waiting.remove();
      if (kept.add(id)) {
        into.getOrDefault(id, List.of()).forEach(edge -> waiting.add(origin(edge)));
      }
    }
    start().ifPresent(start -> kept.add(start.id()));
    LineageGraph pruned = new LineageGraph(namespace, direction);
    nodes.values().stream()
        .filter(node -> kept.contains(node.id()))
        .forEach(node -> pruned.nodes.put(node.id(), node));
    edges.stream()
        .filter(edge -> kept.contains(edge.end(direction)) && kept.contains(origin(edge)))
        .forEach(pruned.edges::add);
    moreAt.stream().filter(kept::contains).forEach(pruned.moreAt::add);
    return pruned;
  }
}

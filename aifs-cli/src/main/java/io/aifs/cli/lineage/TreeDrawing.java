package io.aifs.cli.lineage;

import io.aifs.client.Lineage.Edge;
import io.aifs.crypto.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as an indented tree. What is reached in several ways is drawn out where it comes first,
 * and named where it comes again.
 */
public final class TreeDrawing {
  private final LineageGraph graph;
  private final Map<Digest, List<Edge>> on;
  private final Set<Digest> drawn = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private TreeDrawing(LineageGraph graph) {
    this.graph = graph;
    this.on = graph.edgesOn();
  }

  /** The lines of the drawing. */
  public static List<String> of(LineageGraph graph) {
    TreeDrawing drawing = new TreeDrawing(graph);
    drawing.draw();
    return drawing.lines;
  }

  /** A line to come: an asset below another, or a word that there are more. */
  private record Branch(String indent, boolean last, Edge edge) {}

  private void draw() {
    Deque<Branch> waiting = new ArrayDeque<>();
    graph
        .start()
        .ifPresent(
            start -> {
              lines.add(start.id().hex() + "  " + LineageText.facts(start));
              open(start.id(), "", waiting);
            });
    while (!waiting.isEmpty()) {
      Branch branch = waiting.pop();
      Digest id = branch.edge().end(graph.direction());
      boolean again = drawn.contains(id);
      lines.add(line(branch, id, again));
      if (!again) {
        open(id, branch.indent() + (branch.last() ? "   " : "│  "), waiting);
      }
    }
  }

  private void open(Digest id, String indent, Deque<Branch> waiting) {
    drawn.add(id);
    List<Edge> edges = on.getOrDefault(id, List.of());
    for (int i = edges.size() - 1; i >= 0; i--) {
      waiting.push(new Branch(indent, i == edges.size() - 1, edges.get(i)));
    }
  }

  private String line(Branch branch, Digest id, boolean again) {
    String transform = LineageText.transform(branch.edge());
    return branch.indent()
        + (branch.last() ? "└─ " : "├─ ")
        + LineageText.id(id)
        + "  "
        + LineageText.facts(graph.node(id))
        + (transform.isEmpty() ? "" : "  by " + transform)
        + (graph.hasMore(id) ? "  (has more)" : "")
        + (again && on.containsKey(id) ? "  (above)" : "");
  }
}

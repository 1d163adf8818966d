package io.aifs.cli.lineage;

import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import java.util.ArrayList;
import java.util.List;

/** A graph in the DOT language of Graphviz; arrows go from parent to child. */
public final class DotDrawing {
  /** The lines of the drawing. */
  public static List<String> of(LineageGraph graph) {
    List<String> lines = new ArrayList<>();
    lines.add("digraph lineage {");
    lines.add("  rankdir=LR;");
    lines.add("  node [shape=box];");
    for (Node node : graph.nodes()) {
      lines.add(
          "  "
              + quoted(node.id().hex())
              + " [label="
              + quoted(LineageText.id(node.id()) + "  " + LineageText.facts(node))
              + (node.deletedAt().isPresent() ? ", style=dashed" : "")
              + "];");
    }
    for (Edge edge : graph.edges()) {
      String transform = LineageText.transform(edge);
      lines.add(
          "  "
              + quoted(edge.parent().parent().hex())
              + " -> "
              + quoted(edge.child().hex())
              + (transform.isEmpty() ? "" : " [label=" + quoted(transform) + "]")
              + ";");
    }
    lines.add("}");
    return lines;
  }

  /** In labels a backslash begins an escape, so it is escaped like the quote. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private DotDrawing() {}
}

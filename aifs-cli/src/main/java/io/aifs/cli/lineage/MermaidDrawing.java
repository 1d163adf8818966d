package io.aifs.cli.lineage;

import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph as a Mermaid flowchart; arrows go from parent to child. */
public final class MermaidDrawing {
  /** The lines of the drawing. */
  public static List<String> of(LineageGraph graph) {
    List<String> lines = new ArrayList<>();
    Map<Digest, String> names = new HashMap<>();
    lines.add("flowchart LR");
    for (Node node : graph.nodes()) {
      String name = "n" + names.size();
      names.put(node.id(), name);
      lines.add(
          "  "
              + name
              + "[\""
              + escaped(LineageText.id(node.id()) + "  " + LineageText.facts(node))
              + "\"]");
    }
    for (Edge edge : graph.edges()) {
      String transform = LineageText.transform(edge);
      lines.add(
          "  "
              + names.get(edge.parent().parent())
              + (transform.isEmpty() ? " --> " : " -->|\"" + escaped(transform) + "\"| ")
              + names.get(edge.child()));
    }
    return lines;
  }

  /** All that could end the text, or be taken for markup, as the entity codes of Mermaid. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " .,:;-_/@()+=".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append('#').append(c).append(';');
              }
            });
    return escaped.toString();
  }

  private MermaidDrawing() {}
}

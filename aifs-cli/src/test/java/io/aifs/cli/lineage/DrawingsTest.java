package io.aifs.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import io.aifs.client.Lineage.Page;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Golden drawings of a graph with a deleted asset, a diamond, and names that nobody escapes. */
class DrawingsTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Digest A = Digest.parse("aa".repeat(32));
  private static final Digest B = Digest.parse("bb".repeat(32));
  private static final Digest C = Digest.parse("cc".repeat(32));
  private static final Digest D = Digest.parse("dd".repeat(32));

  private static LineageGraph diamond() {
    LineageGraph graph = new LineageGraph(new Name("vision"), Direction.UP);
    graph.add(new Page(List.of(node(D, AssetKind.TENSOR, 0)), List.of(), List.of()));
    graph.add(
        new Page(
            List.of(node(B, AssetKind.BLOB, 1), node(C, AssetKind.BLOB, 1)),
            List.of(edge(D, B, "a\"b\\", ""), edge(D, C, "<i>|\n", "0f")),
            List.of(C)));
    graph.add(
        new Page(
            List.of(
                new Node(A, AssetKind.BLOB, 2_048, Optional.empty(), Optional.of(NOON), 2, true)),
            List.of(edge(B, A, "", ""), edge(C, A, "", "")),
            List.of()));
    return graph;
  }

  private static Node node(Digest id, AssetKind kind, int depth) {
    return new Node(id, kind, 10, Optional.of(NOON), Optional.empty(), depth, true);
  }

  private static Edge edge(Digest child, Digest parent, String transform, String digest) {
    return new Edge(child, new ParentEdge(parent, transform, digest), NOON);
  }

  @Test
  void asATree() {
    assertThat(TreeDrawing.of(diamond()))
        .containsExactly(
            "dd".repeat(32) + "  tensor  10 B",
            "├─ bbbbbbbbbbbb  blob  10 B  by a\"b\\",
            "│  └─ aaaaaaaaaaaa  blob  2.0 KiB  deleted",
            "└─ cccccccccccc  blob  10 B  by <i>|\\n@0f  (has more)",
            "   └─ aaaaaaaaaaaa  blob  2.0 KiB  deleted");
  }

  @Test
  void asDot() {
    assertThat(DotDrawing.of(diamond()))
        .containsExactly(
            "digraph lineage {",
            "  rankdir=LR;",
            "  node [shape=box];",
            "  \"" + D + "\" [label=\"dddddddddddd  tensor  10 B\"];",
            "  \"" + B + "\" [label=\"bbbbbbbbbbbb  blob  10 B\"];",
            "  \"" + C + "\" [label=\"cccccccccccc  blob  10 B\"];",
            "  \"" + A + "\" [label=\"aaaaaaaaaaaa  blob  2.0 KiB  deleted\", style=dashed];",
            "  \"" + B + "\" -> \"" + D + "\" [label=\"a\\\"b\\\\\"];",
            "  \"" + C + "\" -> \"" + D + "\" [label=\"<i>|\\\\n@0f\"];",
            "  \"" + A + "\" -> \"" + B + "\";",
            "  \"" + A + "\" -> \"" + C + "\";",
            "}");
  }

  @Test
  void asMermaid() {
    assertThat(MermaidDrawing.of(diamond()))
        .containsExactly(
            "flowchart LR",
            "  n0[\"dddddddddddd  tensor  10 B\"]",
            "  n1[\"bbbbbbbbbbbb  blob  10 B\"]",
            "  n2[\"cccccccccccc  blob  10 B\"]",
            "  n3[\"aaaaaaaaaaaa  blob  2.0 KiB  deleted\"]",
            "  n1 -->|\"a#34;b#92;\"| n0",
            "  n2 -->|\"#60;i#62;#124;#92;n@0f\"| n0",
            "  n3 --> n1",
            "  n3 --> n2");
  }

  /** Required by the schema of OpenLineage 2-0-2, and the same each time. */
  @Test
  void asRunEvents() {
    List<Map<String, Object>> events =
        OpenLineageEvents.of(diamond()).stream().map(fields -> fields.map()).toList();
    assertThat(events).hasSize(8);
    Map<String, Object> complete = events.get(3);
    assertThat(complete)
        .containsEntry("eventType", "COMPLETE")
        .containsEntry("eventTime", "2026-11-26T12:00:00.000000+00:00")
        .containsEntry("producer", "https://aifs.io/cli")
        .containsEntry(
            "schemaURL", "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
    assertThat(complete.get("run")).isEqualTo(events.get(2).get("run"));
    assertThat(String.valueOf(complete.get("run")))
        .matches("\\{runId=[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}}");
    assertThat(String.valueOf(complete.get("job")))
        .startsWith("{namespace=aifs://vision, name=<i>|\n, facets={jobType={_producer=")
        .contains("key=transform_digest, value=0f");
    assertThat(String.valueOf(complete.get("inputs")))
        .startsWith("[{namespace=aifs://vision, name=" + C + ", facets={version={_producer=");
    assertThat(String.valueOf(complete.get("outputs"))).contains("name=" + D);
    assertThat(events.stream().map(event -> event.get("run")).distinct()).hasSize(4);
  }

  @Test
  void prunedKeepsWhatLeadsToSelectedAssets() {
    LineageGraph graph = new LineageGraph(new Name("vision"), Direction.UP);
    graph.add(
        new Page(
            List.of(
                unselected(D, 0), unselected(B, 1), unselected(C, 1), node(A, AssetKind.BLOB, 2)),
            List.of(edge(D, B, "", ""), edge(D, C, "", ""), edge(C, A, "", "")),
            List.of(B, C)));
    LineageGraph pruned = graph.pruned();
    assertThat(pruned.nodes()).extracting(Node::id).containsExactly(D, C, A);
    assertThat(pruned.edges()).hasSize(2);
    assertThat(pruned.hasMore(C)).isTrue();
    assertThat(pruned.hasMore(B)).isFalse();
  }

  private static Node unselected(Digest id, int depth) {
    return new Node(id, AssetKind.BLOB, 1, Optional.of(NOON), Optional.empty(), depth, false);
  }
}

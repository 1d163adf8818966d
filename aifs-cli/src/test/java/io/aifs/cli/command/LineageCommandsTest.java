package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.client.Lineage.NewParents;
import io.aifs.core.ExitCode;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aifs lineage}, {@code aifs impact}, {@code aifs why}. */
class LineageCommandsTest {
  private CommandHarness harness;
  private String data = "";
  private String model = "";
  private String report = "";

  @BeforeEach
  void makeAChain(@TempDir Path directory) {
    harness = new CommandHarness(directory);
    Digest dataId = harness.store.put("data.csv", "data");
    Digest modelId = harness.store.put("model.bin", "model");
    Digest reportId = harness.store.put("report.txt", "report");
    data = dataId.hex();
    model = modelId.hex();
    report = reportId.hex();
    var added =
        harness
            .store
            .client()
            .lineage()
            .addParents(
                List.of(
                    new NewParents(modelId, List.of(new ParentEdge(dataId, "train \"v1\"", "0f"))),
                    new NewParents(
                        reportId,
                        List.of(
                            new ParentEdge(modelId, "score", ""),
                            new ParentEdge(dataId, "", "")))));
    assertThat(added.edges()).isEqualTo(3);
  }

  private static String shortened(String id) {
    return id.substring(0, 12);
  }

  @Test
  void lineageDrawsATree() {
    assertThat(harness.run("lineage", "report.txt").ends(ExitCode.OK).out())
        .isEqualTo(
            String.join(
                "\n",
                report + "  blob  6 B",
                "├─ " + shortened(model) + "  blob  5 B  by score",
                "│  └─ " + shortened(data) + "  blob  4 B  by train \"v1\"@0f",
                "└─ " + shortened(data) + "  blob  4 B",
                ""));
    harness
        .run("lineage", data, "--down", "--transform", "train \"v1\"")
        .ends(ExitCode.OK)
        .prints("└─ " + shortened(model));
  }

  @Test
  void whatALimitCutIsSaid() {
    harness.run("lineage", "report.txt", "--depth", "1", "--transform", "score").ends(ExitCode.OK);
    harness
        .run("lineage", "report.txt", "--depth", "1")
        .ends(ExitCode.PARTIAL)
        .complains("more beyond the depth (--depth)");
    JsonNode json = harness.run("lineage", "report.txt", "--depth", "1", "-o", "json").json();
    assertThat(json.get("cut_by").get(0).asText()).isEqualTo("depth");
    assertThat(json.get("nodes")).hasSize(3);
    assertThat(json.get("edges")).hasSize(2);
    assertThat(json.get("edges").get(0).get("child").asText()).isEqualTo(report);
  }

  @Test
  void jsonLinesAreNodesEdgesAndASummary() {
    assertThat(harness.run("lineage", "report.txt", "-o", "jsonl").ends(ExitCode.OK).out().lines())
        .hasSize(7)
        .last()
        .isEqualTo("{\"summary\":{\"cut_by\":[]}}");
  }

  @Test
  void aPathIsShownOrThereIsNone() {
    harness
        .run("lineage", "data.csv", "--to", "report.txt")
        .ends(ExitCode.OK)
        .prints("└─ " + shortened(report));
    assertThat(harness.store.put("lone", "lone").hex()).isNotEmpty();
    harness
        .run("lineage", "data.csv", "--to", "lone")
        .ends(ExitCode.NOT_FOUND)
        .complains("neither was made from the other");
  }

  @Test
  void formsForOtherTools() {
    assertThat(harness.run("lineage", "model.bin", "-o", "dot").ends(ExitCode.OK).out())
        .startsWith("digraph lineage {\n")
        .contains("\"" + data + "\" -> \"" + model + "\" [label=\"train \\\"v1\\\"@0f\"];")
        .endsWith("}\n");
    assertThat(harness.run("lineage", "model.bin", "-o", "mermaid").ends(ExitCode.OK).out())
        .startsWith("flowchart LR\n")
        .contains("n1 -->|\"train #34;v1#34;@0f\"| n0");
    List<String> events =
        harness
            .run("lineage", "model.bin", "-o", "openlineage")
            .ends(ExitCode.OK)
            .out()
            .lines()
            .toList();
    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).startsWith("{\"eventType\":\"START\"");
    assertThat(events.getLast()).startsWith("{\"eventType\":\"COMPLETE\"");
    harness.run("lineage", "model.bin", "-o", "svg").ends(ExitCode.USAGE);
    harness.run("impact", "model.bin", "-o", "dot").ends(ExitCode.USAGE);
  }

  @Test
  void impactListsWhatDescends() {
    assertThat(harness.run("impact", "data.csv").ends(ExitCode.OK).out().lines())
        .containsExactlyInAnyOrder("1  " + model + "  blob  5 B", "1  " + report + "  blob  6 B");
    harness
        .run("impact", "data.csv", "--kind", "tensor")
        .ends(ExitCode.OK)
        .complains("0 assets descend from " + data);
    JsonNode json = harness.run("impact", "data.csv", "-o", "json").json();
    assertThat(json.get("assets")).hasSize(2);
    assertThat(json.get("assets_found").asInt()).isEqualTo(2);
  }

  @Test
  void whySaysWhatHoldsAnAsset() {
    assertThat(harness.run("why", "data.csv").ends(ExitCode.OK).out().lines())
        .startsWith("asset   " + data, "delete  refused", "path    main:data.csv");
    JsonNode json = harness.run("why", data, "-o", "json").json();
    assertThat(json.get("delete_refused").asBoolean()).isTrue();
    assertThat(json.get("children")).hasSize(2);
    harness
        .run("why", "data.csv", "-n", "1")
        .ends(ExitCode.PARTIAL)
        .complains("there are more (--max-count)");
  }

  @Test
  void whatIsWrongIsSaid() {
    harness.run("lineage", "data.csv", "--up", "--down").ends(ExitCode.USAGE);
    harness.run("lineage", "data.csv", "--depth", "-1").ends(ExitCode.USAGE);
    harness.run("lineage", "data.csv", "--kind", "thing").ends(ExitCode.USAGE);
    harness.run("lineage", "data.csv", "--since", "yesterday").ends(ExitCode.USAGE);
    harness.run("lineage", "main:").ends(ExitCode.USAGE).complains("is no file");
    harness.run("why", "data.csv", "-n", "-1").ends(ExitCode.USAGE);
    harness.run("lineage", "00".repeat(32)).ends(ExitCode.NOT_FOUND);
  }
}

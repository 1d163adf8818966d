package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.SearchRequest;
import io.aifs.core.ExitCode;
import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search, embedding spaces and quarantine on the command line. */
class SearchCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private Digest east = Digest.of(new byte[0]);
  private Digest north = east;

  @BeforeEach
  void embedTwo() throws IOException {
    harness = new CommandHarness(directory);
    east = harness.store.put("way/east", "east");
    north = harness.store.put("north", "north");
    Files.write(directory.resolve("east.f32"), FloatVectors.encode(new float[] {1, 0}));
    run("index", "create", "way", "--dimension", "2", "--model", "compass")
        .ends(ExitCode.OK)
        .complains("space way takes vectors of 2 values");
    run("index", "add", "main:way/east", "--space", "way", "--vector", "east.f32")
        .ends(ExitCode.OK)
        .complains("embedded 1");
    harness.withInput("[0, 1]");
    run("index", "add", north.hex(), "--space", "way", "--part", "sky", "--vector", "-")
        .ends(ExitCode.OK);
  }

  private CommandRun run(String... args) {
    return harness.run(args);
  }

  @Test
  void nearestComesFirst() {
    harness.withInput("[2, 1]");
    assertThat(run("search", "--vector", "-").ends(ExitCode.OK).out().lines())
        .containsExactly(" 0.894427  " + east, " 0.447214  " + north + "  part sky");
    harness.withInput("[[1, 0], [0, 1]]");
    assertThat(run("search", "--vector", "-", "-k", "1").ends(ExitCode.OK).out().lines())
        .containsExactly("1   1.000000  " + east, "2   1.000000  " + north + "  part sky");
  }

  @Test
  void jsonSaysAllOfIt() {
    harness.withInput("[1, 0]");
    JsonNode found =
        run("search", "--vector", "-", "--metadata", "-o", "json").ends(ExitCode.OK).json();
    assertThat(found.get("space").asText()).isEqualTo("way");
    assertThat(found.get("exact").asBoolean()).isTrue();
    JsonNode first = found.get("hits").get(0);
    assertThat(first.get("query").asInt()).isEqualTo(1);
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    assertThat(first.get("score").isNumber()).isTrue();
    assertThat(first.get("score").asDouble()).isEqualTo(1);
    assertThat(first.get("id").asText()).isEqualTo(east.hex());
    assertThat(first.get("size").asInt()).isEqualTo(4);
    harness.withInput("[1, 0]");
    assertThat(run("search", "--vector", "-", "--metadata").out()).contains("blob 4 B");
  }

  @Test
  void assetIsAQueryAndNoHit() {
    assertThat(run("search", "--like", "main:way/east").ends(ExitCode.OK).out().lines())
        .containsExactly(" 0.000000  " + north + "  part sky");
    run("search", "--like", north.hex()).ends(ExitCode.NOT_FOUND).complains("no embedding");
    run("search", "--like", "main:none").ends(ExitCode.NOT_FOUND);
    run("search", "--like", "aifs://other/main/x", "--like", "main:x").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void placeConditionsAndLimitsArePassedOn() {
    harness.withInput("[1, 0]");
    assertThat(run("search", "main:way", "--vector", "-").ends(ExitCode.OK).out().lines())
        .containsExactly(" 1.000000  " + east + "  way/east");
    harness.withInput("[1, 0]");
    run(
            "search",
            "--at",
            "main~2",
            "--path",
            "way",
            "--vector",
            "-",
            "--where",
            "a=b",
            "--filter",
            "c=d",
            "--space",
            "way",
            "--exact",
            "--effort",
            "40",
            "--min-score",
            "0.5",
            "-k",
            "3")
        .ends(ExitCode.OK);
    SearchRequest asked = harness.store.searches().getLast();
    assertThat(asked.at().orElseThrow()).hasToString("main~2");
    assertThat(asked.path()).hasToString("way");
    assertThat(asked.where()).containsExactly("a=b", "c=d");
    assertThat(asked.space().orElseThrow()).hasToString("way");
    assertThat(asked.exact()).isTrue();
    assertThat(asked.effort()).isEqualTo(40);
    assertThat(asked.least()).hasValue(0.5);
    assertThat(asked.k()).isEqualTo(3);
    harness.withInput("[1, 0]");
    run("search", "--path", "way", "--vector", "-").ends(ExitCode.OK);
    assertThat(harness.store.searches().getLast().at().orElseThrow()).hasToString("main");
  }

  @Test
  void wrongWordsAreRefused() throws IOException {
    run("search").ends(ExitCode.USAGE).complains("--like");
    run("search", "main:", "--at", "v1", "--like", "main:north").ends(ExitCode.USAGE);
    run("search", "--path", "/x", "--like", "main:north").ends(ExitCode.USAGE);
    run("search", "-k", "0", "--like", "main:way/east").ends(ExitCode.USAGE);
    run("search", "-k", "many", "--like", "main:way/east").ends(ExitCode.USAGE);
    run("search", "--like", "main:way/east", "--space", "none").ends(ExitCode.NOT_FOUND);
    run("search", "--like", "main:way/east", "--space", "No!").ends(ExitCode.USAGE);
    Files.writeString(directory.resolve("text"), "hello");
    run("search", "--vector", "text").ends(ExitCode.USAGE).complains("--vector text");
    run("search", "--vector", "none").ends(ExitCode.NOT_FOUND);
    harness.withInput("[1, 2, 3]");
    run("search", "--vector", "-").ends(ExitCode.USAGE);
  }

  @Test
  void spacesAreListedDroppedAndBuilt() {
    assertThat(run("index", "list").ends(ExitCode.OK).out())
        .contains("way")
        .contains("cosine")
        .contains("2 embeddings")
        .contains("ready");
    JsonNode space = run("index", "list", "-o", "json").json().get("spaces").get(0);
    assertThat(space.get("dimension").asInt()).isEqualTo(2);
    assertThat(space.get("model").asText()).isEqualTo("compass");
    assertThat(space.get("index").get("vectors").asInt()).isEqualTo(2);
    run("index", "drop", "way").ends(ExitCode.USAGE).complains("-y");
    run("index", "drop", "way", "-y").ends(ExitCode.OK);
    run("search", "--like", "main:way/east").ends(ExitCode.OK).complains("aifs index build way");
    assertThat(run("index", "stats", "way").ends(ExitCode.OK).out()).contains("dropped");
    run("index", "build", "way").ends(ExitCode.OK).complains("built: 2 vectors in 1 segment");
    run("index", "build", "none").ends(ExitCode.NOT_FOUND);
    run("index", "stats", "none").ends(ExitCode.NOT_FOUND);
    run("index", "create", "way", "--dimension", "3").ends(ExitCode.CONFLICT);
    run("index", "create", "x", "--dimension", "0").ends(ExitCode.USAGE);
    run("index", "create", "x", "--dimension", "3", "--metric", "far").ends(ExitCode.USAGE);
    run("index", "create", "x", "--dimension", "3", "--metric", "dot", "--int8")
        .ends(ExitCode.USAGE);
    run("index", "create", "x", "--dimension", "3", "--int8").ends(ExitCode.OK);
  }

  @Test
  void linesAreEmbeddedByIdAndPath() throws IOException {
    Files.writeString(
        directory.resolve("lines"),
        """
        {"path": "main:way/east", "part": "p1", "vector": [1, 1]}

        {"asset": "%s", "vector": [0.5, 0.25]}
        """
            .formatted(north));
    run("index", "add", "--from", "lines", "--space", "way")
        .ends(ExitCode.OK)
        .complains("embedded 2");
    harness.withInput("[2, 1]");
    assertThat(run("search", "--vector", "-", "-k", "1").out()).contains(north.hex());
    run("index", "remove", north.hex(), "--space", "way").ends(ExitCode.OK).complains("removed");
    run("index", "remove", north.hex(), "--space", "way").complains("there was none");

    run("index", "add", "main:north", "--from", "lines", "--space", "way").ends(ExitCode.USAGE);
    run("index", "add", "main:north", "--space", "way").ends(ExitCode.USAGE);
    run("index", "add", "--from", "lines", "--space", "none").ends(ExitCode.NOT_FOUND);
    for (String line :
        new String[] {
          "no json",
          "{\"vector\": [1, 2]}",
          "{\"path\": \"main:north\"}",
          "{\"path\": \"main:north\", \"vector\": [1, \"x\"]}",
          "{\"path\": 3, \"vector\": [1, 2]}"
        }) {
      harness.withInput("\n" + line + "\n");
      run("index", "add", "--from", "-", "--space", "way").ends(ExitCode.USAGE).complains("line 2");
    }
    harness.withInput("{\"path\": \"main:none\", \"vector\": [1, 2]}\n");
    run("index", "add", "--from", "-", "--space", "way")
        .ends(ExitCode.NOT_FOUND)
        .complains("line 1");
    String longPart = "p".repeat(65);
    run("index", "add", "main:north", "--space", "way", "--part", longPart, "--vector", "east.f32")
        .ends(ExitCode.USAGE)
        .complains("--part");
  }

  @Test
  void whatWaitsIsApprovedOrRemoved() {
    harness.store.reviewEmbeddings();
    run("index", "add", "main:way/east", "--space", "way", "--part", "a", "--vector", "east.f32")
        .complains("1 wait for approval");
    run("index", "add", "main:north", "--space", "way", "--part", "b", "--vector", "east.f32")
        .ends(ExitCode.OK);
    assertThat(run("quarantine", "list").ends(ExitCode.OK).out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains(north.hex()) && line.endsWith("/embeddings/review  b"));
    JsonNode waiting = run("quarantine", "list", "-o", "json").json().get("embeddings").get(0);
    assertThat(waiting.get("norm").asDouble()).isEqualTo(1);

    run("quarantine", "approve").ends(ExitCode.USAGE);
    run("quarantine", "approve", "--all", "main:north").ends(ExitCode.USAGE);
    run("quarantine", "approve", "main:north", "--space", "other").ends(ExitCode.NOT_FOUND);
    run("quarantine", "approve", "main:north").ends(ExitCode.OK).complains("approved 1 embedding");
    run("quarantine", "approve", "main:north").ends(ExitCode.NOT_FOUND);
    run("quarantine", "reject", "--all").ends(ExitCode.USAGE).complains("-y");
    run("quarantine", "reject", "--all", "-y").ends(ExitCode.OK).complains("removed 1 embedding");
    assertThat(run("quarantine", "list").out()).isEmpty();
  }

  @Test
  void emptyNamespaceFindsNothing() {
    CommandHarness empty = new CommandHarness(directory);
    empty.withInput("[1, 0]");
    CommandRun found = empty.run("search", "--vector", "-").ends(ExitCode.OK);
    assertThat(found.out()).isEmpty();
    found.complains("nothing is embedded");
  }
}

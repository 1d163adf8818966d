package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void makeFiles() throws IOException {
    harness = new CommandHarness(directory);
    Files.createDirectories(directory.resolve("src/sub"));
    Files.writeString(directory.resolve("src/a.txt"), "A");
    Files.writeString(directory.resolve("src/b.tmp"), "B");
    Files.writeString(directory.resolve("src/sub/c.txt"), "C");
    Files.writeString(directory.resolve("one"), "1");
    Files.writeString(directory.resolve("two"), "2");
  }

  private static String id(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Test
  void aFileGetsJustThePathAndItsIdIsPrinted() {
    CommandRun run = harness.run("put", "one", "main:x/y").ends(ExitCode.OK);
    assertThat(run.out()).isEqualTo(id("1") + "\n");
    run.complains("put 1 file (1 B) into aifs://default/main/x/y; 1 new, stored 1 B");
    assertThat(harness.store.paths()).containsExactly("x/y");
  }

  @Test
  void aFileGoesIntoADirectory() {
    harness.run("put", "one", "main:d/").ends(ExitCode.OK);
    harness.run("put", "two", "main:d").ends(ExitCode.OK);
    harness.run("put", "one", "main:").ends(ExitCode.OK);
    assertThat(harness.store.paths()).containsExactly("d/one", "d/two", "one");
  }

  @Test
  void theContentsOfADirectoryAppearBelowTheAddress() {
    CommandRun run = harness.run("put", "src", "aifs://default/main/x").ends(ExitCode.OK);
    assertThat(run.out()).isEmpty();
    assertThat(harness.store.paths())
        .containsExactly("x", "x/a.txt", "x/b.tmp", "x/sub", "x/sub/c.txt");
    harness.run("put", "src/", "main:y/", "--exclude", "*.tmp", "--exclude", "sub/");
    assertThat(harness.store.paths()).contains("y/a.txt").doesNotContain("y/b.tmp", "y/sub");
    harness.run("put", "src/sub", "main:").ends(ExitCode.OK);
    assertThat(harness.store.paths()).contains("c.txt");
  }

  @Test
  void severalSourcesGoIntoTheAddressUnderTheirNames() {
    harness.run("put", "one", "src", "two", "main:x").ends(ExitCode.OK);
    assertThat(harness.store.paths()).contains("x/one", "x/two", "x/src/a.txt", "x/src/sub/c.txt");
    harness
        .run("put", "one", "./one", "main:x")
        .ends(ExitCode.USAGE)
        .complains("two sources would become 'x/one'");
  }

  @Test
  void standardInputIsPutUnderAGivenName() {
    CommandRun run = harness.withInput("typed").run("put", "-", "main:in.txt").ends(ExitCode.OK);
    assertThat(run.out().strip()).isEqualTo(id("typed"));
    assertThat(harness.store.content("in.txt")).isEqualTo("typed");
    assertThat(harness.store.entry("in.txt").orElseThrow().attributes().mode()).isEqualTo(0644);
    harness.run("put", "-", "main:d/").ends(ExitCode.USAGE).complains("has no name");
    harness.run("put", "-", "one", "main:d/").ends(ExitCode.USAGE);
    harness.run("put", "-", "main:x", "--dry-run").ends(ExitCode.USAGE);
  }

  @Test
  void whatIsSaidOfAFileIsKept() {
    harness.run("put", "one", "main:parent").ends(ExitCode.OK);
    harness
        .run(
            "put",
            "two",
            "main:child",
            "--kind",
            "tensor",
            "--meta",
            "k=v=w",
            "--meta",
            "x=",
            "--parent",
            id("1").substring(0, 10),
            "--transform",
            "double")
        .ends(ExitCode.OK);
    JsonNode stat = harness.run("stat", "main:child", "-o", "json").json();
    assertThat(stat.get("kind").asText()).isEqualTo("tensor");
    assertThat(stat.get("metadata").get("k").asText()).isEqualTo("v=w");
    assertThat(stat.get("parents").get(0).get("id").asText()).isEqualTo(id("1"));
    assertThat(stat.get("parents").get(0).get("transform").asText()).isEqualTo("double");
    assertThat(harness.store.entry("child").orElseThrow())
        .isInstanceOfSatisfying(
            TreeEntry.File.class, file -> assertThat(file.kind()).isEqualTo(AssetKind.TENSOR));
  }

  @Test
  void whatIsWrongWithContentThatIsStoredIsSaid() {
    harness.store.payloadProblem = "byte 0: no \u001b";
    String said = "stored, but not what kind TENSOR demands: byte 0: no \\x1b";
    harness
        .run("put", "one", "main:x", "--kind", "tensor")
        .ends(ExitCode.OK)
        .complains("one: " + said);
    harness
        .withInput("typed")
        .run("put", "-", "main:y", "--kind", "tensor")
        .ends(ExitCode.OK)
        .complains("aifs: " + said);
  }

  @Test
  void jsonTellsEverything() {
    JsonNode json = harness.run("put", "src", "main:x", "-o", "json").ends(ExitCode.OK).json();
    assertThat(json.get("files")).hasSize(3);
    assertThat(json.get("files").get(0).get("path").asText()).isEqualTo("x/a.txt");
    assertThat(json.get("files").get(0).get("id").asText()).isEqualTo(id("A"));
    assertThat(json.get("files").get(0).get("new").asBoolean()).isTrue();
    assertThat(json.get("address").asText()).isEqualTo("aifs://default/main/x");
    assertThat(json.get("file_count").asInt()).isEqualTo(3);
    assertThat(json.get("stored_bytes").asInt()).isEqualTo(3);
    CommandRun lines = harness.run("put", "src", "main:x", "-o", "jsonl");
    assertThat(lines.out().lines()).hasSize(4);
    lines.prints("\"new\":false").prints("{\"summary\":");
  }

  @Test
  void aDryRunTellsAndChangesNothing() {
    harness.run("put", "one", "main:x").ends(ExitCode.OK);
    CommandRun run = harness.run("put", "one", "two", "main:d", "--dry-run").ends(ExitCode.OK);
    run.prints("known         1 B  d/one").prints("new           1 B  d/two");
    run.complains("would put 2 files (2 B) at aifs://default/main/d; 1 new");
    assertThat(harness.store.paths()).containsExactly("x");
  }

  @Test
  void whatCannotBePutIsNamedAndTheRestIsPut() throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", "touch $'src/bad\\xff'; mkfifo src/pipe")
            .directory(directory.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    CommandRun run = harness.run("put", "src", "main:x").ends(ExitCode.PARTIAL);
    run.complains("src/bad\\xff: its name is not UTF-8").complains("src/pipe");
    run.complains("SKIPPED 2");
    assertThat(harness.store.paths()).contains("x/a.txt");
    assertThat(harness.run("put", "src", "main:x", "-o", "json").json().get("skipped").asInt())
        .isEqualTo(2);
    assertThat(harness.run("put", "src", "main:x", "-q").err().lines()).hasSize(2);
  }

  @Test
  void aSourceThatIsNotThereEndsItBeforeAnythingIsPut() {
    harness.run("put", "one", "missing", "main:x").ends(ExitCode.NOT_FOUND).complains("missing");
    assertThat(harness.store.paths()).isEmpty();
  }

  @Test
  void linksNamedOnTheCommandLineAreFollowed() throws IOException {
    Files.createSymbolicLink(directory.resolve("link"), Path.of("one"));
    harness.run("put", "link", "main:x/").ends(ExitCode.OK);
    assertThat(harness.store.content("x/link")).isEqualTo("1");
  }

  @Test
  void wrongUsageIsNamed() {
    harness.run("put", "one").ends(ExitCode.USAGE).complains("at least 2 values");
    harness.run("put", "one", "main:x", "--kind", "blub").ends(ExitCode.USAGE);
    harness.run("put", "one", "main:x", "--transform", "t").ends(ExitCode.USAGE);
    harness.run("put", "one", "main:x", "--parent", "main:y").ends(ExitCode.USAGE);
    harness.run("put", "one", "main:x", "--meta", "novalue").ends(ExitCode.USAGE);
    harness.run("put", "one", "main:../x").ends(ExitCode.USAGE).complains("'..'");
    harness.run("put", "one", id("1")).ends(ExitCode.USAGE).complains("asset id");
    harness.run("put", "one", "main~1:x").ends(ExitCode.USAGE).complains("never change");
    assertThat(harness.store.paths()).isEmpty();
  }

  @Test
  void aPlatformWithoutUtf8IsRefused() {
    harness.nameEncoding = "ANSI_X3.4-1968";
    harness.run("put", "one", "main:x").ends(ExitCode.CONFLICT).complains("LC_ALL=C.UTF-8");
    harness.run("get", "main:x", "y").ends(ExitCode.CONFLICT).complains("LC_ALL=C.UTF-8");
  }

  @Test
  void progressIsShownWhenAskedForAndOnTerminalsOnly() {
    assertThat(harness.run("put", "src", "main:x").err()).doesNotContain("\u001b");
    CommandRun none = harness.run("put", "src", "main:x", "--progress", "none");
    assertThat(none.err().lines()).hasSize(1);
    harness.run("put", "src", "main:x", "--progress", "sometimes").ends(ExitCode.USAGE);
  }
}

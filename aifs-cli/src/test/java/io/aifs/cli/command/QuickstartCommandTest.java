package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.terminal.LauncherProperties;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.client.Maintenance.Severity;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void makeSources() throws IOException {
    harness = new CommandHarness(directory);
    Files.createDirectories(directory.resolve("project/target"));
    Files.writeString(directory.resolve("project/readme"), "some text to be changed");
    Files.writeString(directory.resolve("project/target/built"), "not a source");
    Files.createSymbolicLink(directory.resolve("project/link"), Path.of("readme"));
    Files.createDirectory(directory.resolve("tmp"));
  }

  private long left() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("tmp"))) {
      return entries.count();
    }
  }

  @Test
  void theTourEndsWithEverythingIdentical() throws IOException {
    CommandRun run = harness.run("quickstart", "project", "--in", "tmp").ends(ExitCode.OK);
    run.prints("1. Create a store")
        .prints("identical: 4 entries")
        .prints("the store grew by")
        .prints("aifs snapshot create")
        .prints("1 modified; +")
        .prints("all intact")
        .prints("Everything that came out is what went in.")
        .prints("export AIFS_DATA=")
        .prints("rm -r ");
    assertThat(left()).isEqualTo(1);
  }

  @Test
  void withoutADirectoryItTakesTheProjectsSourcesOnly() throws IOException {
    harness.properties = new LauncherProperties("", 80, Optional.of(directory.resolve("project")));
    CommandRun run = harness.run("quickstart", "--in", "tmp", "--clean", "-o", "json");
    JsonNode json = run.ends(ExitCode.OK).json();
    assertThat(json.get("identical").asBoolean()).isTrue();
    assertThat(json.get("file_count").asInt()).isEqualTo(1);
    assertThat(left()).isZero();
  }

  @Test
  void damageIsAFailure() {
    harness.store.findings.add(
        new Finding(
            Severity.DAMAGE, "x", "asset is bad", "", List.of(), List.of(), "", false, 0, 0, ""));
    harness
        .run("quickstart", "project", "--in", "tmp")
        .ends(ExitCode.FAILED)
        .prints("Something differs");
  }

  @Test
  void aDiskThatIsTooSmallIsNoticedBeforeAnythingIsWritten() throws IOException {
    Path tmp = directory.resolve("tmp");
    harness.disks = at -> OptionalLong.of(at.equals(tmp) ? 1 << 20 : Long.MAX_VALUE);
    JsonNode error =
        harness
            .run("quickstart", "project", "--in", "tmp", "-o", "json")
            .ends(ExitCode.EXHAUSTED)
            .error();
    assertThat(error.get("code").asText()).isEqualTo("DISK_FULL");
    assertThat(error.get("message").asText())
        .contains("may need 16.0 MiB in " + tmp)
        .contains("1.0 MiB are free there")
        .contains(directory.resolve("project") + " holds 35 B");
    assertThat(error.get("hint").asText()).contains("make room").contains("--in DIR");
    assertThat(left()).isZero();
  }

  @Test
  void thereMustBeSomethingToTake() {
    harness.run("quickstart", "--in", "tmp").ends(ExitCode.USAGE);
    harness.run("quickstart", "missing", "--in", "tmp").ends(ExitCode.CONFLICT);
  }
}

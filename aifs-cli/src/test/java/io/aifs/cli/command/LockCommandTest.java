package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.Maintenance;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private Path file = Path.of("");

  @BeforeEach
  void makeASnapshotAndATag() {
    harness = new CommandHarness(directory);
    file = directory.resolve("aifs.lock");
    harness.store.put("d/a", "A");
    harness.store.put("m/base.bin", "BASE");
    snapshot();
    harness.run("tag", "create", "v1").ends(ExitCode.OK);
  }

  private void snapshot() {
    harness.run("snapshot", "create", "-m", "m").ends(ExitCode.OK);
  }

  private void lock() {
    harness.run("lock", "v1:d", "main:m/base.bin").ends(ExitCode.OK).complains("locked 2 inputs");
  }

  @Test
  void theSameInputsGiveTheSameFile() throws IOException {
    lock();
    String text = Files.readString(file);
    harness.run("lock", "main:m/base.bin", "v1:d", "v1:d").ends(ExitCode.OK);
    assertThat(file).hasContent(text);
    harness.run("lock").ends(ExitCode.OK);
    assertThat(file).hasContent(text);
    assertThat(text).containsSubsequence("aifs://default/main/m/base.bin", "aifs://default/v1/d");
    JsonNode json = harness.run("lock", "-o", "json").json().get("inputs");
    assertThat(json).hasSize(2);
    assertThat(json.get(0).get("merkle_root").asText()).hasSize(64);
  }

  @Test
  void onlyWhatIsThereIsLocked() {
    harness.run("lock").ends(ExitCode.USAGE).complains("no aifs.lock yet");
    harness.run("lock", "v1:none").ends(ExitCode.NOT_FOUND);
    harness.run("lock", "none").ends(ExitCode.NOT_FOUND);
    harness.run("lock", "a/b").ends(ExitCode.USAGE);
    harness.run("lock", "v1", "--check").ends(ExitCode.USAGE);
    harness.run("lock", "--check", "--fetch", "x").ends(ExitCode.USAGE);
    harness.run("lock", "v1", "--quick").ends(ExitCode.USAGE);
    harness.run("lock", "--check").ends(ExitCode.NOT_FOUND);
    assertThat(file).doesNotExist();
  }

  @Test
  void changesThatAreNotLockedAreMentioned() {
    harness.store.put("d/b", "B");
    harness.run("lock", "main:d").ends(ExitCode.OK).complains("branch main holds changes");
  }

  @Test
  void driftIsOneAndNothingWorse() {
    lock();
    harness.run("lock", "--check").ends(ExitCode.OK).prints("same     aifs://default/v1/d\n");
    harness.store.put("d/a", "AA");
    snapshot();
    CommandRun run = harness.run("lock", "--check").ends(ExitCode.FAILED);
    run.prints("drifted  aifs://default/main/m/base.bin: locked ").prints("same     aifs://");
    harness.run("tag", "delete", "v1", "-y").ends(ExitCode.OK);
    harness.run("lock", "--check", "--quick").ends(ExitCode.FAILED).prints("ref 'v1' is not here");
    harness.run("lock", "main:d").ends(ExitCode.OK);
    harness.run("lock", "--check").ends(ExitCode.OK);
  }

  @Test
  void whatIsNotWhatWasLockedIsSeven() throws IOException {
    lock();
    String text = Files.readString(file);
    JsonNode inputs = harness.run("lock", "-o", "json").json().get("inputs");
    String root = inputs.get(0).get("merkle_root").asText();
    Files.writeString(file, text.replace(root, "0".repeat(64)));
    harness
        .run("lock", "--check")
        .ends(ExitCode.INTEGRITY)
        .prints("wrong    aifs://default/main/m/base.bin: the store says something else");
    harness.run("lock", "--fetch", "x").ends(ExitCode.INTEGRITY);
    assertThat(directory.resolve("x")).doesNotExist();

    Files.writeString(file, text);
    harness.store.snapshotProblems.add("the signature is wrong");
    harness
        .run("lock", "--check", "--quick")
        .ends(ExitCode.INTEGRITY)
        .prints("is not what was signed: the signature is wrong");
  }

  @Test
  void damagedContentIsSevenUnlessItIsNotRead() {
    lock();
    harness.store.findings.add(
        new Maintenance.CheckEvent.Finding(
            Maintenance.Severity.DAMAGE,
            "asset-damaged",
            "m",
            "h",
            List.of(),
            List.of(),
            "",
            false,
            0,
            0,
            ""));
    harness.run("lock", "--check").ends(ExitCode.INTEGRITY).prints("assets are damaged");
    harness.run("lock", "--check", "--quick").ends(ExitCode.OK);
  }

  @Test
  void filesThatAreNoLockAreNamed() throws IOException {
    for (String text :
        new String[] {
          "",
          "[]",
          "{",
          "{\"version\":1}",
          "{\"version\":1,\"inputs\":[{}]}",
          "{\"version\":1,\"inputs\":[{\"address\":\"aifs://x\"}]}"
        }) {
      Files.writeString(file, text);
      harness.run("lock", "--check").ends(ExitCode.INTEGRITY).complains("aifs.lock is damaged: ");
    }
    Files.writeString(file, "{\"version\":2}");
    harness.run("lock", "--check").ends(ExitCode.UNSUPPORTED);
  }

  @Test
  void fetchGetsWhatWasLockedAndNothingLater() throws IOException {
    lock();
    harness.store.put("d/a", "LATER");
    harness.store.put("d/b", "B");
    snapshot();
    CommandRun run = harness.run("lock", "--fetch", "in").ends(ExitCode.OK);
    run.prints("in/d  1 file (1 B)");
    assertThat(directory.resolve("in/d/a")).hasContent("A");
    assertThat(directory.resolve("in/d/b")).doesNotExist();
    assertThat(directory.resolve("in/base.bin")).hasContent("BASE");
    harness.run("lock", "--fetch", "in").ends(ExitCode.CONFLICT).complains("not empty");
    Files.writeString(directory.resolve("in/d/a"), "mine");
    harness.run("lock", "--fetch", "in", "--force").ends(ExitCode.OK);
    assertThat(directory.resolve("in/d/a")).hasContent("A");

    harness.run("lock", "v1", "--file", "one.lock").ends(ExitCode.OK);
    harness.run("lock", "--fetch", "all", "--file", "one.lock", "-o", "json").ends(ExitCode.OK);
    assertThat(directory.resolve("all/m/base.bin")).hasContent("BASE");
    harness.run("lock", "v1:d", "main:d", "--file", "two.lock").ends(ExitCode.OK);
    harness.run("lock", "--fetch", "x", "--file", "two.lock").ends(ExitCode.USAGE);
  }
}

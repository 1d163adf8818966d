package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathCommandsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private String idOfA = "";

  @BeforeEach
  void fillTheStore() {
    harness = new CommandHarness(directory);
    Digest id = harness.store.put("d/a", "AA", new FileAttributes(0751, 1_000_000_000L));
    idOfA = id.hex();
    harness.store.put("d/e/b", "AA");
    harness.store.put("d/l", new TreeEntry.Symlink("a\u001b", FileAttributes.PLAIN_FILE));
    harness.store.put("d/x", "X");
    harness.store.put("d/y", "Y");
    harness.store.put("d/z\n", "Z");
  }

  @Test
  void lsListsNames() {
    assertThat(harness.run("ls").ends(ExitCode.OK).out()).isEqualTo("d/\n");
    assertThat(harness.run("ls", "main:d").out()).isEqualTo("a\ne/\nl\nx\ny\nz\\n\n");
    assertThat(harness.run("ls", "-R", "main:").out())
        .isEqualTo("d/a\nd/e/b\nd/l\nd/x\nd/y\nd/z\\n\n");
    assertThat(harness.run("ls", "-R", "d").out()).startsWith("a\ne/b\n");
    assertThat(harness.run("ls", "main:d/a").out()).isEqualTo("a\n");
    harness.run("ls", "main:none").ends(ExitCode.NOT_FOUND);
    harness.run("ls", idOfA).ends(ExitCode.USAGE);
  }

  @Test
  void lsListsAssets() {
    assertThat(harness.run("ls", "--assets").ends(ExitCode.OK).out().lines()).hasSize(4);
    assertThat(harness.run("ls", "--assets", "--prefix", idOfA.substring(0, 9)).out())
        .isEqualTo(idOfA + "\n");
    harness
        .run("ls", "--assets", "-l", "--kind", "blob", "--since", "1970-01-01")
        .ends(ExitCode.OK)
        .prints("blob                  2  ")
        .prints("  " + idOfA);
    JsonNode assets =
        harness.run("ls", "--assets", "--prefix", idOfA, "-o", "json").json().get("assets");
    assertThat(assets.get(0).get("kind").asText()).isEqualTo("blob");
    assertThat(harness.run("ls", "--assets", "--meta", "no=where").ends(ExitCode.OK).out())
        .isEmpty();
    harness.run("ls", "--assets", "--kind", "cake").ends(ExitCode.USAGE);
    harness.run("ls", "--assets", "--until", "soon").ends(ExitCode.USAGE);
    harness.run("ls", "--assets", "main:d").ends(ExitCode.USAGE);
    harness.run("ls", "--kind", "blob").ends(ExitCode.USAGE).complains("add --assets");
  }

  @Test
  void lsInLongFormSaysMore() {
    CommandRun run = harness.run("ls", "-l", "main:d").ends(ExitCode.OK);
    run.prints("-rwxr-x--x              2  1970-01-01 00:00:01  " + idOfA.substring(0, 12) + "  a");
    run.prints("drwxr-xr-x              0  1970-01-01 00:00:00  -             e/");
    run.prints("l -> a\\x1b");
  }

  @Test
  void lsSpeaksJson() {
    JsonNode entries = harness.run("ls", "main:d", "-o", "json").json().get("entries");
    assertThat(entries).hasSize(6);
    assertThat(entries.get(0).get("path").asText()).isEqualTo("d/a");
    assertThat(entries.get(0).get("mode").asText()).isEqualTo("0751");
    assertThat(entries.get(0).get("mtime").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(entries.get(1).get("type").asText()).isEqualTo("directory");
    assertThat(entries.get(2).get("target").asText()).isEqualTo("a\u001b");
    assertThat(entries.get(5).get("path").asText()).isEqualTo("d/z\n");
  }

  @Test
  void statDescribesPathsAndAssets() {
    harness
        .run("stat", "main:d/a")
        .ends(ExitCode.OK)
        .prints(idOfA)
        .prints("-rwxr-x--x")
        .prints("2 bytes (2 B)");
    harness.run("stat", idOfA.substring(0, 8)).ends(ExitCode.OK).prints("kind     blob");
    harness.run("stat", "main:d").ends(ExitCode.OK).prints("directory");
    harness.run("stat", "main:d/l").ends(ExitCode.OK).prints("symbolic link");
    harness.run("stat", "main:none").ends(ExitCode.NOT_FOUND);
    assertThat(harness.run("stat", "d/l", "-o", "json").json().get("type").asText())
        .isEqualTo("symlink");
  }

  @Test
  void rmAsksOrWantsAYes() {
    harness.run("rm", "main:d/a").ends(ExitCode.USAGE).complains("-y");
    harness
        .withTerminal("n\n")
        .run("rm", "main:d/a")
        .ends(ExitCode.FAILED)
        .complains("remove aifs://default/main/d/a? [y/N]")
        .complains("nothing was done");
    assertThat(harness.store.paths()).contains("d/a");
    harness.withTerminal("").run("rm", "main:d/a").ends(ExitCode.FAILED);
    harness
        .withTerminal("y\n")
        .run("rm", "main:d/a")
        .ends(ExitCode.OK)
        .complains("removed 1 entry");
    assertThat(harness.store.paths()).doesNotContain("d/a");
  }

  @Test
  void rmTakesDirectoriesOnlyWhenTold() {
    harness.run("rm", "-y", "main:d").ends(ExitCode.CONFLICT);
    CommandRun run = harness.run("rm", "-r", "-y", "main:d", "-o", "json").ends(ExitCode.OK);
    assertThat(run.json().get("removed").asInt()).isEqualTo(6);
    assertThat(harness.store.paths()).isEmpty();
    harness.run("rm", "-y", "main:d").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void rmDeletesAssets() {
    harness.run("rm", "--asset", "-y", idOfA).ends(ExitCode.CONFLICT).complains("force");
    harness
        .run("rm", "--asset", "--force", "--why", "test", "-y", idOfA.substring(0, 8))
        .ends(ExitCode.OK)
        .complains("deleted 1 asset");
    harness.run("rm", "--asset", "-y", idOfA).ends(ExitCode.NOT_FOUND);
    harness.run("rm", "--asset", "-y", "main:d/x").ends(ExitCode.USAGE);
    harness.run("rm", "--asset", "-r", "-y", idOfA).ends(ExitCode.USAGE);
    harness.run("rm", "--force", "-y", "main:d/x").ends(ExitCode.USAGE);
    harness.run("rm", "-y", idOfA).ends(ExitCode.USAGE);
  }

  @Test
  void mvMovesFilesAndDirectories() {
    harness.run("mv", "main:d/a", "main:b").ends(ExitCode.OK).complains("moved 1 entry");
    harness.run("mv", "main:b", "main:d/e").ends(ExitCode.CONFLICT);
    harness.run("mv", "main:b", "main:d").ends(ExitCode.OK);
    harness.run("mv", "main:d", "main:new/").ends(ExitCode.OK);
    assertThat(harness.store.paths())
        .contains("new/d/b", "new/d/e/b", "new/d/x")
        .doesNotContain("d/x");
    harness.run("mv", "main:new/d/x", "main:new/d/y").ends(ExitCode.CONFLICT);
    harness.run("mv", "main:none", "main:other").ends(ExitCode.NOT_FOUND);
    harness.run("mv", "main:new", "aifs://other/main/x").ends(ExitCode.USAGE);
    harness.run("mv", "main:new").ends(ExitCode.USAGE);
  }

  @Test
  void duAddsUp() {
    CommandRun run = harness.run("du", "-d", "1", "main:d").ends(ExitCode.OK);
    assertThat(run.out().lines()).hasSize(2);
    run.prints("7 B         5 B distinct          5 files  aifs://default/main/d");
    JsonNode usage = harness.run("du", "-o", "json").json().get("usage").get(0);
    assertThat(usage.get("distinct_bytes").asInt()).isEqualTo(5);
    assertThat(usage.get("symlink_count").asInt()).isEqualTo(1);
    harness.run("du", "main:none").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void namespacesOfAddressesAndOptionsCount() {
    harness.run("namespace", "create", "other").ends(ExitCode.OK);
    assertThat(harness.run("ls", "--namespace", "other").ends(ExitCode.OK).out()).isEmpty();
    assertThat(harness.run("ls", "aifs://other/main/").ends(ExitCode.OK).out()).isEmpty();
    assertThat(harness.run("--namespace", "other", "ls").ends(ExitCode.OK).out()).isEmpty();
    harness.run("ls", "--namespace", "none").ends(ExitCode.NOT_FOUND);
  }
}

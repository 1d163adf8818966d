package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GetCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void fillTheStore() {
    harness = new CommandHarness(directory);
    harness.store.put("d/a.txt", "0123456789", new FileAttributes(0600, 5_000_000_000L));
    harness.store.put("d/sub/b.txt", "B");
    harness.store.put("d/l", new TreeEntry.Symlink("a.txt", FileAttributes.PLAIN_FILE));
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  @Test
  void aFileGoesToItsTarget() throws IOException {
    CommandRun run = harness.run("get", "main:d/a.txt", "copy").ends(ExitCode.OK);
    assertThat(run.out()).isEmpty();
    run.complains("got 1 file (10 B) to " + directory.resolve("copy"));
    assertThat(directory.resolve("copy")).hasContent("0123456789");
    assertThat(Files.getLastModifiedTime(directory.resolve("copy")).toMillis()).isEqualTo(5_000);
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void aFileGoesIntoADirectory() throws IOException {
    Files.createDirectory(directory.resolve("into"));
    harness.run("get", "main:d/a.txt", "into").ends(ExitCode.OK);
    assertThat(directory.resolve("into/a.txt")).exists();
    harness
        .run("get", "main:d/a.txt", "missing/")
        .ends(ExitCode.NOT_FOUND)
        .complains(directory.resolve("missing") + ": no such");
  }

  @Test
  void anAssetIsGotByItsIdOrTheBeginningOfIt() {
    Digest id = harness.store.put("x", "X");
    harness.run("get", id.hex().substring(0, 9), "short").ends(ExitCode.OK);
    harness.run("get", "aifs://" + id, directory + "/").ends(ExitCode.OK);
    assertThat(directory.resolve("short")).hasContent("X");
    assertThat(directory.resolve(id.hex())).hasContent("X");
  }

  @Test
  void standardOutputGetsTheBytesAlone() {
    assertThat(harness.run("get", "main:d/a.txt", "-").ends(ExitCode.OK).out())
        .isEqualTo("0123456789");
    assertThat(harness.run("get", "main:d/a.txt", "-", "--range", "2-4").out()).isEqualTo("234");
    assertThat(harness.run("get", "main:d/a.txt", "-", "--range=-3").out()).isEqualTo("789");
    assertThat(harness.run("cat", "main:d/a.txt", "main:d/sub/b.txt").out())
        .isEqualTo("0123456789B");
    assertThat(harness.run("cat", "main:d/a.txt", "--range", "8-").out()).isEqualTo("89");
  }

  @Test
  void aRangeOfAFileIsAFile() {
    harness.run("get", "main:d/a.txt", "part", "--range", "0-1").ends(ExitCode.OK);
    assertThat(directory.resolve("part")).hasContent("01");
    harness.run("get", "main:d/a.txt", "part", "--range", "2-3").ends(ExitCode.CONFLICT);
    harness.run("get", "main:d/a.txt", "x", "--range", "11-").ends(ExitCode.USAGE);
    harness.run("get", "main:d/a.txt", "x", "--range", "b-a").ends(ExitCode.USAGE);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void aRangeCanBeKeptWithItsProof() throws IOException {
    harness
        .run("get", "main:d/a.txt", "part", "--range", "2-4", "--proof", "part.proof")
        .ends(ExitCode.OK);
    assertThat(directory.resolve("part")).hasContent("234");
    CommandRun verified =
        harness.run("verify-proof", "part.proof", "part", "-o", "json").ends(ExitCode.OK);
    assertThat(verified.json().get("offset").asInt()).isEqualTo(2);
    assertThat(verified.json().get("length").asInt()).isEqualTo(3);
    assertThat(verified.json().get("asset_size").asInt()).isEqualTo(10);
    harness.run("get", "main:d/a.txt", "-", "--proof", "part.proof").ends(ExitCode.CONFLICT);
    harness
        .run("get", "main:d/a.txt", "-", "--range=-2", "--proof", "part.proof", "--force")
        .ends(ExitCode.OK);
    harness.withInput("89").run("verify-proof", "part.proof", "-").ends(ExitCode.OK);
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void withoutARangeTheProofIsOfAll() {
    harness.run("get", "main:d/a.txt", "all", "--proof", "p").ends(ExitCode.OK);
    harness.run("verify-proof", "p", "all").ends(ExitCode.OK);
    harness.run("get", "main:d/a.txt", "x", "--proof", "x").ends(ExitCode.USAGE);
    harness.run("get", "main:d", "x", "--proof", "q").ends(ExitCode.USAGE);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void aServerThatProvesNothingIsMentionedOrRefused() {
    harness.store.proves = false;
    harness
        .run("get", "main:d/a.txt", "part", "--range", "2-4")
        .ends(ExitCode.OK)
        .complains("were not verified here");
    harness
        .run("cat", "main:d/a.txt", "--range", "2-4")
        .ends(ExitCode.OK)
        .complains("were not verified here");
    harness
        .run("get", "main:d/a.txt", "x", "--range", "2-4", "--verified")
        .ends(ExitCode.UNSUPPORTED);
    harness
        .run("get", "main:d/a.txt", "x", "--range", "2-4", "--proof", "p")
        .ends(ExitCode.UNSUPPORTED);
    assertThat(directory.resolve("x")).doesNotExist();
    assertThat(directory.resolve("p")).doesNotExist();
  }

  @Test
  void aDirectoryBecomesTheTarget() throws IOException {
    CommandRun run = harness.run("get", "main:d", "copy", "-o", "json").ends(ExitCode.OK);
    assertThat(run.json().get("file_count").asInt()).isEqualTo(2);
    assertThat(run.json().get("symlink_count").asInt()).isEqualTo(1);
    assertThat(directory.resolve("copy/sub/b.txt")).hasContent("B");
    assertThat(Files.readSymbolicLink(directory.resolve("copy/l"))).hasToString("a.txt");
    harness.run("get", "main:d", "-").ends(ExitCode.USAGE).complains("is a directory");
    harness.run("get", "main:d", "x", "--range", "0-1").ends(ExitCode.USAGE);
    harness.run("cat", "main:d").ends(ExitCode.USAGE);
  }

  @Test
  void filesThatDifferNeedForce() throws IOException {
    Files.writeString(directory.resolve("mine"), "mine");
    harness
        .run("get", "main:d/a.txt", "mine")
        .ends(ExitCode.CONFLICT)
        .complains("exists and differs")
        .complains("--force");
    assertThat(directory.resolve("mine")).hasContent("mine");
    harness.run("get", "main:d/a.txt", "mine", "--force").ends(ExitCode.OK);
    harness.run("get", "main:d/a.txt", "mine").ends(ExitCode.OK).complains("1 already there");
  }

  @Test
  void damageLeavesNoFile() throws IOException {
    harness.store.damaged.add(harness.store.put("bad", "bad content"));
    harness.run("get", "main:bad", "out").ends(ExitCode.INTEGRITY).complains("damaged");
    assertThat(directory.resolve("out")).doesNotExist();
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void linksAndMissingThingsHaveNoContent() {
    harness.run("get", "main:d/l", "x").ends(ExitCode.CONFLICT).complains("symbolic link");
    harness.run("get", "main:none", "x").ends(ExitCode.NOT_FOUND).complains("nothing is at");
    harness.run("get", "main:d/a.txt/", "x").ends(ExitCode.CONFLICT).complains("not a directory");
    harness.run("cat", "0000000000").ends(ExitCode.NOT_FOUND);
    harness.run("get", "main:d").ends(ExitCode.USAGE).complains("DST");
  }

  @Test
  void setUserIdIsMentioned() {
    harness.store.put("su", "S", new FileAttributes(04755, 0));
    harness.run("get", "main:su", "su").ends(ExitCode.OK).complains("--keep-setid");
    CommandRun kept = harness.run("get", "main:su", "su2", "--keep-setid").ends(ExitCode.OK);
    assertThat(kept.err()).doesNotContain("set-user-id");
  }
}

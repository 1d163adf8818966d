package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.testing.CommandHarness;
import io.aifs.core.AifsException;
import io.aifs.core.model.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {
  @TempDir Path directory;
  private final List<String> lines = new ArrayList<>();
  private final Notices notices = new Notices(lines::add);

  private List<String> walk(String target, IgnoreRules rules, Optional<Path> leftOut)
      throws IOException {
    List<String> found = new ArrayList<>();
    new TreeWalk(
            rules, leftOut, notices, walked -> found.add(walked.kind() + " " + walked.target()))
        .walk(directory, new TreePath(target));
    return found;
  }

  private List<String> walk() throws IOException {
    return walk("", IgnoreRules.of(List.of()), Optional.empty());
  }

  /** Makes what Java itself cannot: names that are not UTF-8, pipes. */
  private void shell(String script) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-c", script).directory(directory.toFile()).start();
    try {
      assertThat(process.waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void visitsDirectoriesBeforeTheirContentsInOrderOfBytes() throws IOException {
    Files.createDirectories(directory.resolve("b/empty"));
    Files.writeString(directory.resolve("b/x"), "1");
    Files.writeString(directory.resolve("a"), "1");
    Files.writeString(directory.resolve("B"), "1");
    Files.writeString(directory.resolve("ü"), "1");
    Files.createSymbolicLink(directory.resolve("c"), Path.of("nowhere"));
    assertThat(walk())
        .containsExactly(
            "FILE B",
            "FILE a",
            "DIRECTORY b",
            "DIRECTORY b/empty",
            "FILE b/x",
            "SYMLINK c",
            "FILE ü");
    assertThat(walk("t", IgnoreRules.of(List.of()), Optional.empty()))
        .startsWith("DIRECTORY t", "FILE t/B")
        .hasSize(8);
    assertThat(lines).isEmpty();
  }

  @Test
  void doesNotFollowLinksToDirectories() throws IOException {
    Files.createDirectory(directory.resolve("d"));
    Files.createSymbolicLink(directory.resolve("d/loop"), Path.of(".."));
    assertThat(walk()).containsExactly("DIRECTORY d", "SYMLINK d/loop");
  }

  @Test
  void skipsNamesThatAreNotUtf8AndSaysWhich() throws IOException {
    shell(
        "touch $'bad\\xff' $'lone\\xed\\xa0\\x80' ok '\ufffdreal'; mkdir $'d\\xfe'; touch $'d\\xfe'/in");
    assertThat(walk()).containsExactly("FILE ok", "FILE \ufffdreal");
    assertThat(notices.skippedCount()).isEqualTo(3);
    assertThat(lines)
        .anyMatch(line -> line.contains(directory + "/bad\\xff: its name is not UTF-8"))
        .anyMatch(line -> line.contains("lone\\xed\\xa0\\x80"))
        .anyMatch(line -> line.contains("d\\xfe"));
  }

  @Test
  void skipsWhatIsNoFile() throws IOException {
    shell("mkfifo pipe; touch ok");
    assertThat(walk()).containsExactly("FILE ok");
    assertThat(lines).singleElement().asString().contains("pipe").contains("neither a file");
  }

  @Test
  void obeysIgnoreFilesOnTheWay() throws IOException {
    shell(
        "mkdir -p build/x src; touch a.log src/a.log src/keep.log build/x/y;"
            + "printf '*.log\\nbuild/\\n' > .aifsignore; echo '!keep.log' > src/.aifsignore");
    assertThat(walk())
        .containsExactly(
            "FILE .aifsignore", "DIRECTORY src", "FILE src/.aifsignore", "FILE src/keep.log");
    assertThat(notices.skippedCount()).isZero();
  }

  @Test
  void excludesFromTheCommandLineAreRelativeToTheWalk() throws IOException {
    shell("mkdir -p d; touch d/a a");
    assertThat(walk("t", IgnoreRules.of(List.of("/a")), Optional.empty()))
        .containsExactly("DIRECTORY t", "DIRECTORY t/d", "FILE t/d/a");
  }

  @Test
  void leavesOutTheStoreItself() throws IOException {
    shell("mkdir -p store/packs other; touch store/FORMAT");
    assertThat(walk("", IgnoreRules.of(List.of()), Optional.of(directory.resolve("store"))))
        .containsExactly("DIRECTORY other");
    assertThat(lines).singleElement().asString().contains("store itself");
    assertThat(notices.skippedCount()).isZero();
  }

  @Test
  void skipsPathsThatTheStoreCannotHold() throws IOException {
    String deep = ("d".repeat(200) + "/").repeat(20) + "x";
    Files.writeString(directory.resolve("n".repeat(200)), "1");
    Files.writeString(directory.resolve("n"), "1");
    List<String> found = walk(deep, IgnoreRules.of(List.of()), Optional.empty());
    assertThat(found).containsExactly("DIRECTORY " + deep, "FILE " + deep + "/n");
    assertThat(lines).singleElement().asString().contains("path is over 4096 bytes");
  }

  @Test
  void refusesPlatformsThatSpellNamesOtherwise() {
    CommandHarness harness = new CommandHarness(directory);
    harness.nameEncoding = "ANSI_X3.4-1968";
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> LocalName.requireUtf8(harness.surroundings(new ByteArrayOutputStream(), err)))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("ANSI_X3.4-1968");
  }
}

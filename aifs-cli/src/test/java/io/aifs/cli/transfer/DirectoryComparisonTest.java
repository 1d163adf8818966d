package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryComparisonTest {
  @TempDir Path left;
  @TempDir Path right;

  private List<String> differences() throws IOException {
    return DirectoryComparison.of(left, right, IgnoreRules.of(List.of("ignored"))).differences();
  }

  private static void write(Path directory, String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    LocalAttributes.setMtime(file, 1_000);
  }

  @Test
  void equalDirectoriesHaveNoDifferences() throws IOException {
    for (Path directory : List.of(left, right)) {
      write(directory, "a", "same");
      Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("a"));
      LocalAttributes.setMtime(link, 5);
    }
    write(left, "ignored", "x");
    assertThat(differences()).isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() throws IOException {
    write(left, "content", "1");
    write(right, "content", "2");
    write(left, "mode", "1");
    write(right, "mode", "1");
    LocalAttributes.setMode(right.resolve("mode"), 0600);
    LocalAttributes.setMode(left.resolve("mode"), 0644);
    write(left, "missing", "1");
    write(right, "extra", "1");
    write(left, "kind", "1");
    Files.createDirectory(right.resolve("kind"));
    assertThat(differences())
        .containsExactly(
            "content has other content",
            "kind is of another kind",
            "missing is missing",
            "mode has another mode or time",
            "extra is not in the original");
  }
}

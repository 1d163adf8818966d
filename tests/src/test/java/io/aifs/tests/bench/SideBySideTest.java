package io.aifs.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.Homes;
import io.aifs.tests.harness.Launcher;
import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bench/run --quick}: every kind of input, step and side once, where restic and borg are
 * left out if they are not installed.
 */
class SideBySideTest {
  private static final Path BENCH = Path.of("../bench").toAbsolutePath().normalize();
  private static final Path INPUT_SOURCES = Path.of("src/main/java/io/aifs/bench/input");

  @TempDir Path temporary;

  @Test
  void theSmokeRunMeasuresEachStepAndFindsWhatItRestoresUnchanged() throws IOException {
    Path home = Files.createDirectory(temporary.resolve("home"));
    var _ = Launcher.in(home);
    copyTo(home.resolve("bench"));
    Map<String, String> environment = new Homes(temporary.resolve("user")).environment();
    environment.put("AIFS_JAVA_HOME", System.getProperty("java.home"));
    // Commands this short end before better code would pay for its making.
    environment.put("AIFS_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    environment.put("TMPDIR", Files.createDirectory(temporary.resolve("work")).toString());

    ExternalTool.Output output =
        ExternalTool.run(home, List.of("bench/run", "--quick"), environment);

    assertThat(output.exit()).as("exit code of bench/run, which said:%n%s", output.text()).isZero();
    assertThat(output.text())
        .containsPattern("first put \\| [0-9.]+ s \\| [0-9.]+ s \\|")
        .containsPattern("unchanged re-put \\| [0-9.]+ s \\|")
        .containsPattern("put after 1 KiB [^|]* \\| [0-9.]+ s \\|")
        .containsPattern("full restore \\| [0-9.]+ s \\| [0-9.]+ s \\|")
        .containsPattern("stored \\| 0\\.0[0-9]+ GB \\| 0\\.0[0-9]+ GB \\|");
    assertThat(temporary.resolve("work")).isEmptyDirectory();
  }

  private static void copyTo(Path copy) throws IOException {
    Files.createDirectories(copy.resolve(INPUT_SOURCES));
    Files.copy(BENCH.resolve("run"), copy.resolve("run"));
    copy.resolve("run").toFile().setExecutable(true);
    for (String part : List.of("shared", "side-by-side", INPUT_SOURCES.toString())) {
      Trees.copy(BENCH.resolve(part), Files.createDirectories(copy.resolve(part)));
    }
  }
}

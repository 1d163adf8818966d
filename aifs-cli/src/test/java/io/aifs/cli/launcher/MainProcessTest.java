package io.aifs.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM of its own, as the launcher starts it. */
class MainProcessTest {
  @TempDir Path directory;

  private int run(String redirections, String... properties) throws Exception {
    return runUnder("C.UTF-8", redirections, properties);
  }

  private int runUnder(String locale, String redirections, String... properties) throws Exception {
    String script =
        "exec '%s/bin/java' %s --enable-native-access=ALL-UNNAMED -cp '%s' io.aifs.cli.Main %s"
            .formatted(
                System.getProperty("java.home"),
                String.join(" ", properties),
                System.getProperty("java.class.path"),
                redirections);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("rest").toFile());
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void standardErrorIsTheRealOneAgain() throws Exception {
    int exit =
        run(
            "nonsense 2>filtered 3>real",
            "--add-modules=jdk.incubator.vector",
            "-Daifs.stderr.fd=3");
    assertThat(exit).isEqualTo(ExitCode.USAGE.code());
    assertThat(directory.resolve("filtered"))
        .hasContent("WARNING: Using incubator modules: jdk.incubator.vector");
    assertThat(Files.readString(directory.resolve("real"))).startsWith("aifs: ");
    assertThat(directory.resolve("rest")).isEmptyFile();
  }

  @Test
  void standardOutputIsUtf8AndBrokenPipesAreQuiet() throws Exception {
    assertThat(run("version 2>err | true; exit ${PIPESTATUS[0]}")).isIn(0, 1);
    assertThat(run("completion 2>err > >(exec true)")).isIn(0, 1);
    assertThat(directory.resolve("err")).isEmptyFile();
    assertThat(run("version >/dev/full 2>err")).isEqualTo(ExitCode.EXHAUSTED.code());
    assertThat(Files.readString(directory.resolve("err"))).contains("No space left");
  }

  @Test
  void aPlatformThatIsNotUtf8IsNoticed() throws Exception {
    Files.writeString(directory.resolve("x"), "content");
    int exit = runUnder("POSIX", "put x main:y 2>err");
    assertThat(exit).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(Files.readString(directory.resolve("err"))).contains("LC_ALL=C.UTF-8");
  }
}

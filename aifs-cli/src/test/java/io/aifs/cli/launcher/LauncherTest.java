package io.aifs.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script with a Java that is a script of ours, in a copy of the project's root. */
class LauncherTest {
  private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

  /** Greets as a JVM does, takes descriptor 3 back as Main does, and tells its arguments. */
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [[ -n ${FAKE_FAILS:-} ]]; then echo 'JVM does not start' >&2; exit 1; fi
      [[ " $* " == *" -version "* ]] && exit 0
      [[ -n ${FAKE_EARLY:-} ]] && echo "$FAKE_EARLY" >&2
      [[ " $* " == *incubator* ]] && echo '%s' >&2
      [[ " $* " == *aifs.stderr.fd=3* ]] && exec 2>&3 3>&-
      echo 'real error' >&2
      printf '%%s\\n' "$@"
      echo "LC_ALL=$LC_ALL pid=$$"
      [[ -n ${FAKE_SLEEPS:-} ]] && exec sleep 60
      exit 7
      """
          .formatted(WARNING);

  @TempDir Path directory;

  @BeforeEach
  void makeHome() throws IOException {
    Path root = ProjectRoot.find();
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.createDirectory(home.resolve("scripts"));
    Files.copy(root.resolve("aifs"), home.resolve("aifs"));
    try (Stream<Path> scripts = Files.list(root.resolve("scripts"))) {
      for (Path script : scripts.toList()) {
        Files.copy(script, home.resolve("scripts").resolve(script.getFileName()));
      }
    }
    executable(home.resolve("aifs"), Files.readString(home.resolve("aifs")));
    executable(directory.resolve("jdk/bin/java"), JAVA);
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(directory.resolve("bin/mvn"), MAVEN);
    Files.createDirectories(home.resolve("aifs-cli/src/main"));
    Files.writeString(home.resolve("pom.xml"), "");
  }

  /** Builds what the launcher expects, and counts. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo built >>builds
      [[ -n ${FAKE_BREAKS:-} ]] && { echo 'it does not compile'; exit 1; }
      mkdir -p aifs-cli/target/lib
      touch aifs-cli/target/aifs-cli-1.jar aifs-cli/target/lib/other.jar
      sleep 0.2
      """;

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Run(int exit, String out, String err) {}

  private ProcessBuilder builder(String script, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
    builder.directory(directory.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("AIFS_JAVA_OPTS");
    builder.environment().put("AIFS_JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    builder.redirectOutput(directory.resolve("out").toFile());
    builder.redirectError(directory.resolve("err").toFile());
    return builder;
  }

  private Run run(String script, Map<String, String> environment) throws Exception {
    Process process = builder(script, environment).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }

  private Run run(String script) throws Exception {
    return run(script, Map.of());
  }

  private long builds() throws IOException {
    return Files.readAllLines(directory.resolve("home/builds")).size();
  }

  @Test
  void passesArgumentsExitCodesAndAnEncoding() throws Exception {
    Run run = run("home/aifs ls 'a b' '*' ''", Map.of("LC_ALL", "POSIX"));
    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.out())
        .contains("io.aifs.cli.Main\nls\na b\n*\n\nLC_ALL=C.UTF-8 pid=")
        .contains("--enable-native-access=ALL-UNNAMED\n")
        .contains("-Daifs.home=" + directory.toRealPath().resolve("home") + "\n");
  }

  @Test
  void usesTheCacheThatFitsTheCommandIfThereIsOne() throws Exception {
    assertThat(run("home/aifs ls").out()).contains("TieredStopAtLevel").doesNotContain("AOTCache");
    run("echo x | tee home/.aifs-build/current/{plain,vector}.aot");
    assertThat(run("home/aifs ls").out()).containsPattern("-XX:AOTCache=.*/plain\\.aot\n");
    assertThat(run("home/aifs put a main:").out())
        .containsPattern("-XX:AOTCache=.*/vector\\.aot\n")
        .doesNotContain("TieredStopAtLevel");
  }

  @Test
  void rehearsalsMakeTheCaches() throws Exception {
    String rehearsing =
        JAVA.replace(
            "[[ -n ${FAKE_EARLY:-} ]]",
            """
            for word in "$@"; do
              case $word in -XX:AOTCacheOutput=*) echo "$*" >"${word#*=}"; exit 0 ;; esac
            done
            [[ -n ${FAKE_EARLY:-} ]]""");
    executable(directory.resolve("jdk/bin/java"), rehearsing);
    Run run = run("home/aifs ls; cat home/.aifs-build/current/*.aot");
    assertThat(run.out())
        .containsPattern("-XX:AOTCache=.*/plain\\.aot\n")
        .containsPattern("TieredStop.* -XX:AOTCacheOutput=.*/plain\\.aot .*Main ls\n")
        .containsPattern(
            "incubator.* -XX:AOTCacheOutput=.*/vector\\.aot .* quickstart .*/sample\n");
  }

  @Test
  void buildsOnceAndAgainWhenSourcesAreNewer() throws Exception {
    Run first = run("home/aifs ls");
    assertThat(first.err()).contains("aifs: building");
    assertThat(run("home/aifs ls").err()).isEqualTo("real error\n");
    assertThat(builds()).isEqualTo(1);
    Thread.sleep(20); // file systems count time in ticks
    Files.writeString(directory.resolve("home/aifs-cli/src/main/New.java"), "");
    assertThat(run("home/aifs ls").err()).contains("aifs: building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void onlyOneOfManyBuilds() throws Exception {
    run("for i in 1 2 3 4; do home/aifs ls & done; wait");
    assertThat(builds()).isEqualTo(1);
    try (Stream<Path> files = Files.list(directory.resolve("home/.aifs-build"))) {
      assertThat(files.map(file -> file.getFileName().toString().replaceAll("-.*", "")))
          .containsExactlyInAnyOrder("build", "current", "lock");
    }
  }

  @Test
  void aBuildThatFailsSaysSoAndIsTriedAgain() throws Exception {
    Run broken = run("home/aifs ls", Map.of("FAKE_BREAKS", "yes"));
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.err()).contains("it does not compile").contains("the build failed");
    assertThat(run("home/aifs ls").exit()).isEqualTo(7);
  }

  @Test
  void onlyCommandsThatHashMuchLoadTheVectorModule() throws Exception {
    for (String command : List.of("put", "get", "--data x cat", "serve", "-q verify")) {
      assertThat(run("home/aifs " + command).out()).contains("--add-modules=jdk.incubator.vector");
    }
    for (String command : List.of("ls", "--data put ls", "help put", "version")) {
      assertThat(run("home/aifs " + command).out()).doesNotContain("incubator");
    }
  }

  @Test
  void theStartUpLineDoesNotReachTheUserAndEverythingElseDoes() throws Exception {
    run("home/aifs ls");
    assertThat(run("home/aifs put").err()).isEqualTo("real error\n");
    assertThat(run("home/aifs put 2>&1 | cat").out())
        .contains("real error\n")
        .doesNotContain(WARNING);
    assertThat(run("home/aifs put 2>file; cat file").out()).endsWith("real error\n");
    assertThat(run("home/aifs put 2>&1 | cat", Map.of("FAKE_EARLY", "Picked up X")).out())
        .contains("Picked up X\n")
        .contains("real error\n")
        .doesNotContain(WARNING);
  }

  @Test
  void aJvmThatDoesNotStartIsHeard() throws Exception {
    run("home/aifs ls");
    Run run = run("home/aifs put 2>&1 | cat", Map.of("FAKE_FAILS", "yes"));
    assertThat(run.out()).isEqualTo("JVM does not start\n");
    Run options = run("home/aifs put", Map.of("FAKE_FAILS", "yes", "AIFS_JAVA_OPTS", "-Xmx1k"));
    assertThat(options.exit()).isEqualTo(1);
    assertThat(options.err()).isEqualTo("JVM does not start\naifs: look at AIFS_JAVA_OPTS\n");
    assertThat(run("home/aifs put", Map.of("AIFS_JAVA_OPTS", "-Xmx1g -Da=b")).out())
        .contains("-Xmx1g\n-Da=b\n");
  }

  @Test
  void theCommandIsTheProcessThatWasStartedAndHasNoChildren() throws Exception {
    run("home/aifs ls");
    Process process = builder("exec home/aifs put", Map.of("FAKE_SLEEPS", "yes")).start();
    try {
      String ready = "pid=" + process.pid();
      for (int i = 0; i < 3_000; i++) {
        if (Files.readString(directory.resolve("out")).contains(ready)) {
          break;
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(Files.readString(directory.resolve("out"))).contains(ready);
      assertThat(process.children()).isEmpty();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aMissingJdkIsExplained() throws Exception {
    Run run = run("home/aifs ls", Map.of("AIFS_JAVA_HOME", "/nowhere"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("aifs: AIFS_JAVA_HOME=/nowhere is not a JDK 25\n");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
    assertThat(run("home/aifs ls").err()).contains("is not a JDK 25");
  }

  @Test
  void worksThroughALinkFromElsewhere() throws Exception {
    run("home/aifs ls");
    Files.createSymbolicLink(directory.resolve("bin/aifs"), Path.of("../home/aifs"));
    assertThat(run("cd / && aifs ls x").out()).contains("Main\nls\nx\n");
  }
}

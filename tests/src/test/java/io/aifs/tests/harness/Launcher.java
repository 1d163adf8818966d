package io.aifs.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * The launcher script {@code ./aifs} in a copy of the project's root that is built already: with
 * the classes that these tests run with, so that no build is started.
 */
public final class Launcher {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private final Path home;

  private Launcher(Path home) {
    this.home = home;
  }

  /** Makes the copy in {@code home}. */
  public static Launcher in(Path home) throws IOException {
    Path build = Files.createDirectories(home.resolve(".aifs-build/current"));
    Files.copy(PROJECT.resolve("aifs"), home.resolve("aifs"));
    home.resolve("aifs").toFile().setExecutable(true);
    Trees.copy(PROJECT.resolve("scripts"), Files.createDirectory(home.resolve("scripts")));
    int number = 0;
    for (String entry : AifsProgram.classPath().split(File.pathSeparator, -1)) {
      addTo(build, Path.of(entry), number++);
    }
    Files.createFile(build.resolve("stamp"));
    return new Launcher(home);
  }

  private static void addTo(Path build, Path entry, int number) throws IOException {
    Path jar = build.resolve("%03d-%s.jar".formatted(number, entry.getFileName()));
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, jar);
    } else if (Files.isDirectory(entry)) {
      int exit =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--create",
                  "--file",
                  jar.toString(),
                  "-C",
                  entry.toString(),
                  ".");
      assertThat(exit).as("exit code of jar").isZero();
    }
  }

  /** Runs the script in this environment, which replaces that of the tests. */
  public ExternalTool.Output run(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("aifs").toString()));
    command.addAll(List.of(arguments));
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("AIFS_JAVA_HOME", System.getProperty("java.home"));
    return ExternalTool.run(home, command, whole);
  }
}

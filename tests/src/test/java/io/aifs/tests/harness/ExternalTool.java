package io.aifs.tests.harness;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program from outside the project that a test needs as an independent witness. {@code ./check}
 * installs them and then insists on them; a plain {@code mvn verify} reports such a test as skipped
 * and says why.
 */
public final class ExternalTool {
  private static final long PATIENCE_MINUTES = 10;

  private ExternalTool() {}

  /** What a finished program said, errors and output together. */
  public record Output(int exit, String text) {}

  /** Where the program is; ends the test if it is not there. */
  public static Path require(String name) {
    return find(name).orElseThrow(() -> missing("the program '" + name + "'"));
  }

  /** Ends the test: as failed under {@code ./check}, as skipped otherwise. Never returns. */
  public static RuntimeException missing(String what) {
    String message = what + " is missing; ./check installs it";
    if (System.getProperty("aifs.tools", "").equals("required")) {
      throw new AssertionError(message);
    }
    return abort(message);
  }

  private static Optional<Path> find(String name) {
    for (String directory :
        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path program = Path.of(directory).resolve(name);
      if (Files.isExecutable(program) && Files.isRegularFile(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /** Runs a program to its end, in the environment of the tests. */
  public static Output run(Path directory, List<String> command) {
    return run(directory, command, System.getenv());
  }

  /** Runs a program to its end. */
  public static Output run(Path directory, List<String> command, Map<String, String> environment) {
    try {
      Path log = Files.createTempFile("tool", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      Files.delete(log);
      return new Output(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether a program is there and ends with 0. */
  public static boolean works(List<String> command) {
    try {
      return run(Path.of("/"), command).exit() == 0;
    } catch (UncheckedIOException e) {
      return false; // there is no such program
    }
  }

  /**
   * The first Python 3 that can import something: the one that {@code ./check} chose, or the
   * system's; ends the test if there is none.
   *
   * @param modules what it imports
   * @param packages where these come from, for the message
   */
  public static String python(String modules, String packages) {
    List<String> candidates =
        Stream.of(System.getenv().getOrDefault("AIFS_PYTHON", ""), "/usr/bin/python3", "python3")
            .filter(candidate -> !candidate.isEmpty())
            .toList();
    for (String candidate : candidates) {
      if (works(List.of(candidate, "-c", "import " + modules))) {
        return candidate;
      }
    }
    throw missing("a Python 3 with " + packages);
  }

  /** What {@code b3sum} says of a file. */
  public static String b3sum(Path file) {
    Output output =
        run(
            Path.of("/"),
            List.of(require("b3sum").toString(), "--no-names", file.toAbsolutePath().toString()));
    if (output.exit() != 0) {
      throw new AssertionError("b3sum failed: " + output.text());
    }
    return output.text().strip();
  }
}

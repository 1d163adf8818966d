package io.aifs.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a command finds around it. Everything a test wants to choose.
 *
 * @param environment environment variables
 * @param properties what the launcher says about itself and the terminal
 * @param out standard output; a write to a closed pipe throws
 * @param err standard error
 * @param nanoTime a clock that only measures durations
 * @param disks how much room there is to write to
 * @param nameEncoding the charset in which the platform spells file names
 */
public record Surroundings(
    Map<String, String> environment,
    LauncherProperties properties,
    Path workingDirectory,
    InputStream in,
    OutputStream out,
    PrintStream err,
    Clock clock,
    LongSupplier nanoTime,
    DiskSpace disks,
    int cores,
    String nameEncoding) {
  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(properties, "properties is null");
    requireNonNull(workingDirectory, "workingDirectory is null");
  }

  /** The value of an environment variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** A path as the user means it: relative to the working directory. */
  public Path path(String text) {
    return workingDirectory.resolve(text);
  }
}

package io.aifs.tests.harness;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Classes of the command as a JVM has them in memory, kept in a file: with it a command starts in
 * half the time. The tests start hundreds. Made once for a class path, whichever process of tests
 * comes first.
 */
final class SharedClasses {
  private static final int REHEARSAL_MINUTES_MAX = 5;
  private static final Path FOLDER = Path.of("target").toAbsolutePath();

  /** Of commands that end soon: {@link #find}. */
  static final Optional<Path> SHORT = find(AifsProgram.Length.SHORT);

  /** Of those that work for longer. */
  static final Optional<Path> LONG = find(AifsProgram.Length.LONG);

  private SharedClasses() {}

  /** Empty where the class path has folders, which a JVM does not keep, or none could be made. */
  private static Optional<Path> find(AifsProgram.Length length) {
    try {
      Optional<String> name = name(length);
      return name.isEmpty() ? Optional.empty() : made(FOLDER.resolve(name.get()), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says of which files it is. */
  private static Optional<String> name(AifsProgram.Length length) throws IOException {
    StringBuilder content = new StringBuilder(length.name()).append('\n');
    for (Path entry : AifsProgram.classPathEntries()) {
      if (!Files.isRegularFile(entry)) {
        return Optional.empty();
      }
      content.append(entry).append(' ').append(Files.size(entry)).append(' ');
      content.append(Files.getLastModifiedTime(entry)).append('\n');
    }
    Digest digest = Digest.of(content.toString().getBytes(StandardCharsets.UTF_8));
    return Optional.of("aifs-" + digest.hex().substring(0, 16) + ".jsa");
  }

  private static Optional<Path> made(Path file, AifsProgram.Length length) throws IOException {
    Files.createDirectories(FOLDER);
    try (FileChannel channel = FileChannel.open(FOLDER.resolve("aifs-jsa.lock"), CREATE, WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(file)) {
        Path fresh = FOLDER.resolve(file.getFileName() + ".new");
        rehearse(fresh, length);
        if (!Files.exists(fresh)) {
          return Optional.empty();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Optional.of(file);
    }
  }

  /** Makes a store and puts something into it, which loads most of what commands need. */
  private static void rehearse(Path file, AifsProgram.Length length) throws IOException {
    Path home = Files.createTempDirectory(FOLDER, "rehearsal");
    Path content = Files.writeString(home.resolve("content"), "something to put");
    String data = home.resolve("data").toString();
    run(home, length, List.of(), List.of("--data", data, "init"));
    run(
        home,
        length,
        List.of("-XX:ArchiveClassesAtExit=" + file),
        List.of("--data", data, "put", content.toString(), "main:content"));
  }

  private static void run(
      Path home, AifsProgram.Length length, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(AifsProgram.java(length, 256));
    command.add("-Xlog:disable");
    command.addAll(flags);
    command.addAll(AifsProgram.main(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "LC_ALL", "C.UTF-8",
                "HOME", home.toString(),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "XDG_STATE_HOME", home.resolve("state").toString()));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      if (!process.waitFor(REHEARSAL_MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

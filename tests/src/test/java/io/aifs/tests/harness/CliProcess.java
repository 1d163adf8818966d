package io.aifs.tests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the {@code aifs} command in a JVM of its own. */
public final class CliProcess {
  private static final long PATIENCE_MINUTES = 20;

  private final Map<String, String> environment;
  private final List<String> arguments = new ArrayList<>();
  private int heapMebibytes = 256;
  private String umask = "";
  private InputStream input = InputStream.nullInputStream();
  private OutputStream output = new ByteArrayOutputStream();
  private Path directory = Path.of("").toAbsolutePath();

  private CliProcess(Homes homes) {
    this.environment = new HashMap<>(homes.environment());
    this.directory = homes.root();
  }

  /** A command of the user with these homes. */
  public static CliProcess of(Homes homes, String... arguments) {
    CliProcess process = new CliProcess(homes);
    process.arguments.addAll(List.of(arguments));
    return process;
  }

  /** Runs a command and waits for its end. */
  public static CliResult run(Homes homes, String... arguments) {
    return of(homes, arguments).run();
  }

  public CliProcess heapMebibytes(int mebibytes) {
    this.heapMebibytes = mebibytes;
    return this;
  }

  public CliProcess input(InputStream bytes) {
    this.input = bytes;
    return this;
  }

  /** Where standard output goes instead of into the result. */
  public CliProcess output(OutputStream sink) {
    this.output = sink;
    return this;
  }

  public CliProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public CliProcess withoutEnvironment(String name) {
    environment.remove(name);
    return this;
  }

  public CliProcess directory(Path workingDirectory) {
    this.directory = workingDirectory;
    return this;
  }

  /** Runs under this umask instead of that of the tests. */
  public CliProcess umask(String octal) {
    this.umask = octal;
    return this;
  }

  /** Starts the command, with its input and output left to the caller. */
  public Process start() {
    List<String> command = new ArrayList<>();
    if (!umask.isEmpty()) {
      command.addAll(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    }
    command.addAll(AifsProgram.command(heapMebibytes, arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the command to its end. */
  public CliResult run() {
    Process process = start();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Thread feeding = Thread.ofVirtual().start(() -> pump(input, process.getOutputStream()));
    Thread reading = Thread.ofVirtual().start(() -> pump(process.getErrorStream(), errors));
    Thread taking = Thread.ofVirtual().start(() -> pump(process.getInputStream(), output));
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("aifs " + arguments + " did not end");
      }
      taking.join();
      reading.join();
      feeding.interrupt();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    byte[] collected =
        output instanceof ByteArrayOutputStream bytes ? bytes.toByteArray() : new byte[0];
    return new CliResult(
        List.copyOf(arguments),
        process.exitValue(),
        collected,
        errors.toString(StandardCharsets.UTF_8));
  }

  /** A broken pipe only says that the command has ended. */
  private static void pump(InputStream from, OutputStream to) {
    try (from;
        to) {
      from.transferTo(to);
    } catch (IOException e) {
      // the other side is gone; what it said so far is judged by the caller
    }
  }
}

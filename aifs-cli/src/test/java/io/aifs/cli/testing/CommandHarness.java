package io.aifs.cli.testing;

import io.aifs.cli.command.CommandLineTool;
import io.aifs.cli.terminal.DiskSpace;
import io.aifs.cli.terminal.Endings;
import io.aifs.cli.terminal.LauncherProperties;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.TemporaryFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in this process against a store in memory. */
public final class CommandHarness {
  public final MemoryStore store = new MemoryStore();
  public final MemoryStores stores = new MemoryStores(store);
  public final TemporaryFiles temporaries = new TemporaryFiles();
  public final Map<String, String> environment = new HashMap<>();
  public LauncherProperties properties = LauncherProperties.NONE;
  public InputStream in = InputStream.nullInputStream();
  public String nameEncoding = "UTF-8";
  public Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
  public DiskSpace disks = DiskSpace.ofThisMachine();

  /** Where standard output goes besides being remembered. */
  public Optional<OutputStream> out = Optional.empty();

  private final Path directory;

  /**
   * @param directory the working directory, and what all homes are below
   */
  public CommandHarness(Path directory) {
    this.directory = directory;
    environment.put("HOME", directory.resolve("home").toString());
  }

  public CommandHarness withInput(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A terminal at all three descriptors, on which {@code answer} is typed. */
  public CommandHarness withTerminal(String answer) {
    properties = new LauncherProperties("012", 80, Optional.empty());
    return withInput(answer);
  }

  public CommandRun run(String... args) {
    ByteArrayOutputStream remembered = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try (PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      // A server is told to end at once, as if a signal came.
      Endings endings =
          drain -> {
            drain.run();
            return () -> {};
          };
      exit =
          new CommandLineTool(
                  surroundings(out.orElse(remembered), errors), stores, temporaries, endings)
              .run(args);
    }
    return new CommandRun(
        exit, remembered.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public Surroundings surroundings(OutputStream output, PrintStream errors) {
    return new Surroundings(
        environment,
        properties,
        directory,
        in,
        output,
        errors,
        clock,
        System::nanoTime,
        disks,
        2,
        nameEncoding);
  }
}

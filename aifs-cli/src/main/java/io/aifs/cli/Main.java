package io.aifs.cli;

import io.aifs.cli.command.CommandLineTool;
import io.aifs.cli.output.StandardOutput;
import io.aifs.cli.store.ServerStores;
import io.aifs.cli.terminal.DiskSpace;
import io.aifs.cli.terminal.Endings;
import io.aifs.cli.terminal.LauncherProperties;
import io.aifs.cli.terminal.StandardError;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.TemporaryFiles;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The {@code aifs} command in a process of its own. */
public final class Main {
  private static final String ERROR_DESCRIPTOR = "aifs.stderr.fd";

  public static void main(String[] args) {
    String descriptor = System.getProperty(ERROR_DESCRIPTOR);
    if (descriptor != null) {
      StandardError.restoreFrom(Integer.parseInt(descriptor));
    }
    TemporaryFiles temporaries = new TemporaryFiles();
    Runtime.getRuntime().addShutdownHook(new Thread(temporaries::deleteAll, "temporary-files"));
    int exit =
        new CommandLineTool(
                surroundings(), new ServerStores(), temporaries, Endings.ofThisProcess())
            .run(args);
    System.exit(exit);
  }

  private static Surroundings surroundings() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent("HOME", System.getProperty("user.home", "."));
    return new Surroundings(
        environment,
        LauncherProperties.of(System.getProperties()),
        Path.of("").toAbsolutePath(),
        new FileInputStream(FileDescriptor.in),
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        System::nanoTime,
        DiskSpace.ofThisMachine(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("sun.jnu.encoding", "unknown"));
  }

  private Main() {}
}

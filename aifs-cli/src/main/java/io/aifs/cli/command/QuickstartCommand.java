package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.quickstart.Quickstart;
import io.aifs.cli.quickstart.Room;
import io.aifs.cli.terminal.LauncherProperties;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.LocalName;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs quickstart}. */
@Command(
    name = "quickstart",
    header = "Take a tour on real data, in a throw-away store.",
    customSynopsis = "aifs quickstart [OPTIONS] [DIR]",
    description = {
      "Puts DIR (default: the sources and docs of this project) into a new store in a temporary",
      "directory, lists, changes, puts again, reads back, compares byte for byte and verifies.",
      "Touches nothing else. Exit code 1 if anything differs, 8 if there is no room for it: it may",
      "take three times the size of DIR, and says so before it begins."
    },
    footer = {"Examples:", "  aifs quickstart", "  aifs quickstart ~/my-data --clean"})
final class QuickstartCommand extends AifsAction {
  /** What building this project leaves in its directory. */
  private static final List<String> NOT_SOURCES =
      List.of("target/", ".git", ".aifs-build/", "node_modules/", "__pycache__/");

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "what to put")
  private Optional<String> directory = Optional.empty();

  @Option(names = "--clean", description = "delete the store and the copies at the end")
  private boolean clean;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "make the temporary directory in this one")
  private Optional<Path> parent = Optional.empty();

  QuickstartCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Surroundings surroundings = invocation().surroundings();
    LocalName.requireUtf8(surroundings);
    Path source = source(surroundings);
    if (!Files.isDirectory(source)) {
      throw new NotDirectoryException(source.toString());
    }
    IgnoreRules rules = IgnoreRules.of(directory.isPresent() ? List.of() : NOT_SOURCES);
    Path temporary =
        parent.map(path -> surroundings.path(path.toString())).orElseGet(() -> temporary());
    new Room(surroundings.disks()).require(source, rules, temporary);
    Quickstart quickstart =
        new Quickstart(
            invocation().stores(),
            invocation().temporaries(),
            surroundings.nanoTime(),
            MemoryBound.jobs(invocation().settings().jobs()),
            this::tell);
    Quickstart.Outcome outcome =
        quickstart.run(source, rules, temporary, !clean, command(surroundings));
    output().object(fields(outcome, source));
    return outcome.isGood() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private Path source(Surroundings surroundings) {
    return directory
        .map(surroundings::path)
        .or(() -> surroundings.properties().home())
        .orElseThrow(
            () ->
                Usage.error(
                    "there are no sources of this project to take", "name a directory of yours"))
        .normalize();
  }

  /** How the user calls this command from here. */
  private static String command(Surroundings surroundings) {
    LauncherProperties properties = surroundings.properties();
    return properties
        .home()
        .map(
            home ->
                home.equals(surroundings.workingDirectory())
                    ? "./aifs"
                    : home.resolve("aifs").toString())
        .orElse("aifs");
  }

  /** Line by line as it happens: the tour is to be followed. */
  private void tell(String line) throws IOException {
    output().line(line);
    invocation().flush();
  }

  private static Fields fields(Quickstart.Outcome outcome, Path source) {
    return Fields.of("identical", outcome.isGood())
        .with("source", source)
        .with("workshop", outcome.workshop())
        .with("root_key_file", outcome.store().rootKeyFile())
        .with("admin_token_file", outcome.store().adminTokenFile())
        .with("file_count", outcome.first().files())
        .with("bytes", outcome.first().bytes())
        .with("stored_bytes", outcome.first().storedBytes())
        .with("stored_bytes_after_change", outcome.secondStoredBytes())
        .with("damaged", outcome.damaged())
        .with("differences", outcome.differences());
  }
}

package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.core.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aifs fsck}. */
@Command(
    name = "fsck",
    header = "Check every invariant of the store.",
    customSynopsis = "aifs fsck [OPTIONS] [--read-data]",
    description = "Changes nothing. Exit code 7 if data is damaged, 1 if there are warnings only.",
    footer = {"Examples:", "  aifs fsck", "  aifs fsck --read-data"})
final class FsckCommand extends AifsAction {
  @Option(names = "--read-data", description = "also open and digest every record")
  private boolean readData;

  FsckCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false);
        Rows rows = output().rows("findings")) {
      CheckPrinter printer = new CheckPrinter(rows, tally);
      printer.add(invocation().client().maintenance().fsck(readData, printer));
      progress.end();
      return printer.finish("checked");
    }
  }
}

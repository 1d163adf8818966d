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
    customSynopsis = "aifs fsck [OPTIONS] [--read-data] [--repair]",
    description = {
      "Changes nothing unless told to repair. Exit code 7 if data is damaged, 1 if there are",
      "warnings only. --repair does what findings name as a fix; it deletes nothing, and what is",
      "damaged stays so until the same content is put again."
    },
    footer = {"Examples:", "  aifs fsck", "  aifs fsck --read-data", "  aifs fsck --repair"})
final class FsckCommand extends AifsAction {
  @Option(names = "--read-data", description = "also open and digest every record")
  private boolean readData;

  @Option(names = "--repair", description = "do what findings name as a fix")
  private boolean repair;

  FsckCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false);
        Rows rows = output().rows("findings")) {
      CheckPrinter printer = new CheckPrinter(rows, tally);
      printer.add(invocation().client().maintenance().fsck(readData, repair, printer));
      progress.end();
      return printer.finish("checked");
    }
  }
}

package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.store.LocalStore;
import io.aifs.core.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aifs fsck}. */
@Command(
    name = "fsck",
    header = "Check every invariant of the store.",
    customSynopsis = {
      "aifs fsck [OPTIONS] [--read-data]",
      "aifs fsck [OPTIONS] --rebuild-catalog [-y]"
    },
    description = {
      "Changes nothing. Exit code 7 if data is damaged, 1 if there are warnings only.",
      "With --rebuild-catalog it checks nothing, but makes a lost or damaged catalog anew from",
      "packs/ and keys/ of a data directory that nobody has open; the old one is kept aside."
    },
    footer = {
      "Examples:",
      "  aifs fsck",
      "  aifs fsck --read-data",
      "  aifs fsck --rebuild-catalog --data /srv/aifs"
    })
final class FsckCommand extends AifsAction {
  @Option(names = "--read-data", description = "also open and digest every record")
  private boolean readData;

  @Option(names = "--rebuild-catalog", description = "make the catalog anew from packs and keys")
  private boolean rebuildCatalog;

  @Mixin private Destructive destructive = new Destructive();

  FsckCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (rebuildCatalog) {
      return rebuild();
    }
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false);
        Rows rows = output().rows("findings")) {
      CheckPrinter printer = new CheckPrinter(rows, tally);
      printer.add(invocation().client().maintenance().fsck(readData, printer));
      progress.end();
      return printer.finish("checked");
    }
  }

  private ExitCode rebuild() throws IOException {
    if (readData) {
      throw Usage.error("--rebuild-catalog checks nothing", "run 'aifs fsck --read-data' after it");
    }
    LocalStore store = invocation().access().requireLocal(false);
    destructive.confirm(
        invocation(), "replace the catalog in " + store.dataDirectory() + " by a rebuilt one");
    return new RebuildPrinter(output()).print(invocation().stores().rebuildCatalog(store));
  }
}

package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Output;
import io.aifs.cli.store.RebuildSummary;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.List;

/** Says what a rebuild of the catalog did. */
final class RebuildPrinter {
  private final Output output;

  RebuildPrinter(Output output) {
    this.output = output;
  }

  /** Losses and problems are exit code 7; damage that cost nothing, 1. */
  ExitCode print(RebuildSummary summary) throws IOException {
    lines("damaged: ", summary.damage());
    lines("lost: ", summary.losses());
    lines("changed: ", summary.repairs());
    lines("still wrong: ", summary.problems());
    lines("kept aside: ", summary.aside().stream().map(String::valueOf).toList());
    boolean lossy = !summary.losses().isEmpty() || !summary.problems().isEmpty();
    output.line(
        "catalog rebuilt from checkpoint %d and %d transactions: %s"
            .formatted(
                summary.checkpoint(),
                summary.transactions(),
                lossy ? "NOT COMPLETE; run 'aifs fsck --read-data' next" : "complete"));
    output.object(
        Fields.of("checkpoint", summary.checkpoint())
            .with("transactions", summary.transactions())
            .with("complete", !lossy)
            .with("damage", summary.damage())
            .with("losses", summary.losses())
            .with("repairs", summary.repairs())
            .with("problems", summary.problems())
            .with("kept_aside", summary.aside()));
    return lossy ? ExitCode.INTEGRITY : summary.damage().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void lines(String before, List<String> lines) throws IOException {
    for (String line : lines) {
      output.line(before + Printable.of(line));
    }
  }
}

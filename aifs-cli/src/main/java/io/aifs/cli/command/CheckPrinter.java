package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints what a check finds as it finds it. */
final class CheckPrinter implements Consumer<CheckEvent> {
  private final Rows rows;
  private final Tally tally;
  private CheckSummary done = new CheckSummary(0, 0, 0, 0);

  CheckPrinter(Rows rows, Tally tally) {
    this.rows = rows;
    this.tally = tally;
  }

  @Override
  public void accept(CheckEvent event) {
    switch (event) {
      case CheckEvent.Progress(CheckSummary soFar) -> {
        tally.addFiles(soFar.checked() - tally.view().files());
        tally.addBytes(soFar.checkedBytes() - tally.view().bytes());
      }
      case CheckEvent.Finding finding -> print(finding);
    }
  }

  private void print(CheckEvent.Finding finding) {
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    StringBuilder line = new StringBuilder(severity + ": " + Printable.of(finding.message()));
    finding.paths().forEach(path -> line.append("\n  at ").append(Printable.of(path)));
    if (!finding.hint().isEmpty()) {
      line.append("\n  ").append(Printable.of(finding.hint()));
    }
    try {
      rows.add(
          line.toString(),
          Fields.of("severity", severity)
              .with("code", finding.code())
              .with("message", finding.message())
              .with("hint", finding.hint())
              .with("asset_ids", finding.assetIds())
              .with("paths", finding.paths()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what one of several checks went through. */
  void add(CheckSummary more) {
    done =
        new CheckSummary(
            done.checked() + more.checked(),
            done.checkedBytes() + more.checkedBytes(),
            done.damaged() + more.damaged(),
            done.warnings() + more.warnings());
  }

  /** Prints the end; damage is exit code 7, warnings alone 1. */
  ExitCode finish(String verb) throws IOException {
    String verdict =
        done.damaged() > 0
            ? Sizes.count(done.damaged()) + " DAMAGED"
            : done.warnings() > 0 ? Sizes.count(done.warnings(), "warning") : "all intact";
    rows.summary(
        "%s %s (%s): %s"
            .formatted(
                verb,
                Sizes.count(done.checked(), "asset"),
                Sizes.bytes(done.checkedBytes()),
                verdict),
        Fields.of("checked", done.checked())
            .with("checked_bytes", done.checkedBytes())
            .with("damaged", done.damaged())
            .with("warnings", done.warnings()));
    return done.damaged() > 0
        ? ExitCode.INTEGRITY
        : done.warnings() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}

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
  private CheckSummary done = CheckSummary.NONE;

  CheckPrinter(Rows rows, Tally tally) {
    this.rows = rows;
    this.tally = tally;
  }

  @Override
  public void accept(CheckEvent event) {
    switch (event) {
      case CheckEvent.Progress(CheckSummary soFar) -> {
        tally.addFiles(soFar.checked() - tally.view().files());
        long bytes = soFar.checkedBytes() + soFar.recordBytes();
        tally.addBytes(bytes - tally.view().bytes());
      }
      case CheckEvent.Finding finding -> print(finding);
    }
  }

  private void print(CheckEvent.Finding finding) {
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    try {
      rows.add(
          text(finding, severity),
          Fields.of("severity", severity)
              .with("code", finding.code())
              .with("message", finding.message())
              .with("hint", finding.hint())
              .with("asset_ids", finding.assetIds())
              .with("more_assets", finding.moreAssets())
              .with("paths", finding.paths())
              .with("more_paths", finding.morePaths())
              .with("pack_id", finding.packId())
              .with("fix", finding.fix())
              .with("fixed", finding.fixed()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(CheckEvent.Finding finding, String severity) {
    StringBuilder line = new StringBuilder(severity + ": " + Printable.of(finding.message()));
    if (!finding.packId().isEmpty()) {
      finding.assetIds().forEach(asset -> line.append("\n  asset ").append(asset));
      more(line, finding.moreAssets(), "asset");
    }
    finding.paths().forEach(path -> line.append("\n  at ").append(Printable.of(path)));
    more(line, finding.morePaths(), "path");
    if (finding.fixed()) {
      line.append("\n  FIXED: ").append(finding.fix());
    } else if (!finding.hint().isEmpty()) {
      line.append("\n  ").append(Printable.of(finding.hint()));
    }
    return line.toString();
  }

  private static void more(StringBuilder line, long count, String what) {
    if (count > 0) {
      line.append("\n  and ").append(Sizes.count(count, "more " + what));
    }
  }

  /** Adds what one of several checks went through. */
  void add(CheckSummary more) {
    done =
        new CheckSummary(
            done.checked() + more.checked(),
            done.checkedBytes() + more.checkedBytes(),
            done.damaged() + more.damaged(),
            done.warnings() + more.warnings(),
            done.repaired() + more.repaired(),
            done.records() + more.records(),
            done.recordBytes() + more.recordBytes(),
            more.sampleSeed());
  }

  /** Prints the end; damage is exit code 7, warnings alone 1. */
  ExitCode finish(String verb) throws IOException {
    rows.summary(
        "%s %s (%s): %s%s"
            .formatted(
                verb,
                Sizes.count(done.checked(), "asset"),
                Sizes.bytes(done.checkedBytes()),
                verdict(),
                done.sampleSeed() == 0 ? "" : "; a sample, seed " + done.sampleSeed()),
        Fields.of("checked", done.checked())
            .with("checked_bytes", done.checkedBytes())
            .with("damaged", done.damaged())
            .with("warnings", done.warnings())
            .with("repaired", done.repaired())
            .with("records", done.records())
            .with("record_bytes", done.recordBytes())
            .with("sample_seed", done.sampleSeed()));
    return done.damaged() > 0
        ? ExitCode.INTEGRITY
        : done.warnings() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private String verdict() {
    String verdict =
        done.damaged() > 0
            ? Sizes.count(done.damaged()) + " DAMAGED"
            : done.warnings() > 0 ? Sizes.count(done.warnings(), "warning") : "all intact";
    return done.repaired() > 0
        ? verdict + ", " + Sizes.count(done.repaired(), "finding") + " fixed"
        : verdict;
  }
}

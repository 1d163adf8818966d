package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.UploadReport;
import java.time.Duration;

/** What a put did, in one line or as fields. */
record PutSummary(UploadReport report, Place place, Duration elapsed) {
  String line() {
    StringBuilder line = new StringBuilder("put ").append(counts(report));
    line.append(" into ").append(Printable.of(place.toString()));
    line.append("; ").append(Sizes.count(report.newFiles())).append(" new");
    line.append(", stored ").append(Sizes.bytes(report.storedBytes()));
    line.append(" in ").append(Sizes.duration(elapsed));
    line.append(" (").append(Sizes.bytes(bytesPerSecond())).append("/s)");
    return line + skipped(report);
  }

  /** How many of what. */
  static String counts(UploadReport report) {
    StringBuilder counts = new StringBuilder(Sizes.count(report.files(), "file"));
    counts.append(" (").append(Sizes.bytes(report.bytes())).append(")");
    if (report.directories() > 0) {
      counts.append(", ").append(Sizes.count(report.directories(), "directory"));
    }
    if (report.symlinks() > 0) {
      counts.append(", ").append(Sizes.count(report.symlinks(), "link"));
    }
    return counts.toString();
  }

  /** What was left out; empty for nothing. */
  static String skipped(UploadReport report) {
    return report.skipped() > 0 ? "; SKIPPED " + Sizes.count(report.skipped()) : "";
  }

  private long bytesPerSecond() {
    return elapsed.isZero() ? 0 : (long) (report.bytes() * 1e9 / elapsed.toNanos());
  }

  Fields fields() {
    return fields(report, place, elapsed, false);
  }

  /** What a dry run tells too. */
  static Fields fields(UploadReport report, Place place, Duration elapsed, boolean dryRun) {
    return Fields.of("address", place)
        .with("dry_run", dryRun)
        .with("file_count", report.files())
        .with("directory_count", report.directories())
        .with("symlink_count", report.symlinks())
        .with("bytes", report.bytes())
        .with("new_files", report.newFiles())
        .with("stored_bytes", report.storedBytes())
        .with("chunks", report.chunks())
        .with("new_chunks", report.newChunks())
        .with("skipped", report.skipped())
        .with("millis", elapsed.toMillis());
  }
}

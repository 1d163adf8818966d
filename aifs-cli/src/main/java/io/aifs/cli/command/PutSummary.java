package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.UploadReport;
import java.time.Duration;

/** What a put did, in one line or as fields. */
record PutSummary(UploadReport report, Place place, Duration elapsed, boolean dryRun) {
  String line() {
    StringBuilder line = new StringBuilder(dryRun ? "would put " : "put ");
    line.append(Sizes.count(report.files(), "file"));
    line.append(" (").append(Sizes.bytes(report.bytes())).append(")");
    if (report.directories() > 0) {
      line.append(", ").append(Sizes.count(report.directories(), "directory"));
    }
    if (report.symlinks() > 0) {
      line.append(", ").append(Sizes.count(report.symlinks(), "link"));
    }
    line.append(dryRun ? " at " : " into ").append(Printable.of(place.toString()));
    line.append("; ").append(Sizes.count(report.newFiles())).append(" new");
    if (!dryRun) {
      line.append(", stored ").append(Sizes.bytes(report.storedBytes()));
      line.append(" in ").append(Sizes.duration(elapsed));
      line.append(" (").append(Sizes.bytes(bytesPerSecond())).append("/s)");
    }
    if (report.skipped() > 0) {
      line.append("; SKIPPED ").append(Sizes.count(report.skipped()));
    }
    return line.toString();
  }

  private long bytesPerSecond() {
    return elapsed.isZero() ? 0 : (long) (report.bytes() * 1e9 / elapsed.toNanos());
  }

  Fields fields() {
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

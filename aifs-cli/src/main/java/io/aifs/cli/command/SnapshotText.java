package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How snapshots are printed. */
final class SnapshotText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** In UTC, to the second. */
  static String time(Instant time) {
    return TIME.format(time);
  }

  /** Id and first line of the message. */
  static String oneLine(SnapshotSummary snapshot) {
    return (snapshot.id() + " " + title(snapshot)).stripTrailing();
  }

  /** Id, time, size and first line of the message. */
  static String listLine(SnapshotSummary snapshot) {
    return String.format(
            Locale.ROOT,
            "%s  %s  %9s  %8s  %s",
            snapshot.id(),
            time(snapshot.createdAt()),
            Sizes.count(snapshot.entries()),
            Sizes.bytes(snapshot.contentBytes()),
            title(snapshot))
        .stripTrailing();
  }

  private static String title(SnapshotSummary snapshot) {
    return snapshot.message().lines().findFirst().map(Printable::of).orElse("");
  }

  /** All that people want to know, as the lines of a log. */
  static List<String> lines(SnapshotSummary snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add("snapshot " + snapshot.id());
    if (snapshot.parents().size() > 1) {
      lines.add(
          "merges   "
              + snapshot.parents().stream().map(SnapshotId::hex).collect(Collectors.joining(" ")));
    }
    if (!snapshot.author().isEmpty()) {
      lines.add("author   " + Printable.of(snapshot.author()));
    }
    lines.add("time     " + time(snapshot.createdAt()) + " UTC");
    lines.add("holds    " + holds(snapshot));
    lines.add("");
    snapshot.message().lines().forEach(line -> lines.add("    " + Printable.of(line)));
    lines.add("");
    return lines;
  }

  /** {@code 12 entries (3.0 MiB)}, and unnamed assets if there are some. */
  static String holds(SnapshotSummary snapshot) {
    String unnamed =
        snapshot.unnamed() == 0
            ? ""
            : ", " + Sizes.count(snapshot.unnamed(), "asset") + " without a path";
    return Sizes.count(snapshot.entries(), "entry")
        + " ("
        + Sizes.bytes(snapshot.contentBytes())
        + ")"
        + unnamed;
  }

  static Fields fields(SnapshotSummary snapshot) {
    return Fields.of("snapshot_id", snapshot.id())
        .with("namespace", snapshot.namespace())
        .with("merkle_root", snapshot.merkleRoot())
        .with("created_at", snapshot.createdAt())
        .with("parents", snapshot.parents())
        .with("author", snapshot.author())
        .with("message", snapshot.message())
        .with("metadata", snapshot.metadata())
        .with("signed_by", snapshot.signedBy())
        .with("entries", snapshot.entries())
        .with("content_bytes", snapshot.contentBytes())
        .with("unnamed", snapshot.unnamed());
  }

  private SnapshotText() {}
}

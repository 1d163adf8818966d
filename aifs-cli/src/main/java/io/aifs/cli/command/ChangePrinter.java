package io.aifs.cli.command;

import io.aifs.cli.history.Change;
import io.aifs.cli.history.ChangeCount;
import io.aifs.cli.history.Renames;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.History;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Prints what differs between two trees. */
final class ChangePrinter {
  /** How much is said. */
  enum Detail {
    /** Letter, path, sizes. */
    LINES,
    /** Paths alone. */
    NAMES,
    /** Only how many and how much. */
    COUNTS
  }

  private final Invocation invocation;
  private final Detail detail;

  ChangePrinter(Invocation invocation, Detail detail) {
    this.invocation = invocation;
    this.detail = detail;
  }

  /** Prints all of them, and returns how many there were. */
  ChangeCount print(History.Differences differences) throws IOException {
    ChangeCount count = new ChangeCount();
    try (Rows rows = invocation.output().rows("changes")) {
      boolean looked =
          new Renames(Renames.HELD_MAX)
              .find(
                  differences.paths().iterator(),
                  change -> {
                    count.add(change);
                    if (detail != Detail.COUNTS) {
                      rows.add(
                          detail == Detail.NAMES ? name(change) : line(change), fields(change));
                    }
                  });
      if (!looked) {
        invocation.say(
            "over " + Sizes.count(Renames.HELD_MAX) + " differences: did not look for renames");
      }
      Fields summary = count.fields();
      summary.with("from_snapshot_id", differences.from().map(SnapshotId::hex));
      summary.with("to_snapshot_id", differences.to().map(SnapshotId::hex));
      rows.summary(detail == Detail.COUNTS ? count.text() : "", summary);
    }
    return count;
  }

  private static String name(Change change) {
    return Printable.of(change.path().value());
  }

  private static String line(Change change) {
    String name =
        (change.unnamed() ? "(unnamed) " : "")
            + EntryText.name(
                change.path().value(), change.after().or(change::before).orElseThrow());
    String what =
        switch (change.kind()) {
          case ADDED -> name + size(change.after());
          case REMOVED -> name + size(change.before());
          case RENAMED -> Printable.of(change.from().orElseThrow().value()) + " -> " + name;
          case MODIFIED -> name + difference(change);
          case ATTRIBUTES -> name + attributes(change);
        };
    return change.kind().letter() + "  " + what;
  }

  private static String size(Optional<TreeEntry> entry) {
    return entry.isPresent() && entry.get() instanceof TreeEntry.File file
        ? "  " + Sizes.bytes(file.size())
        : "";
  }

  private static String difference(Change change) {
    TreeEntry before = change.before().orElseThrow();
    TreeEntry after = change.after().orElseThrow();
    if (before instanceof TreeEntry.File old && after instanceof TreeEntry.File now) {
      return old.asset().equals(now.asset())
          ? attributes(change)
          : "  " + Sizes.bytes(old.size()) + " -> " + Sizes.bytes(now.size());
    }
    return "  " + type(before) + " -> " + type(after);
  }

  private static String type(TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.File _ -> "file";
      case TreeEntry.Directory _ -> "directory";
      case TreeEntry.Symlink _ -> "link";
    };
  }

  private static String attributes(Change change) {
    TreeEntry before = change.before().orElseThrow();
    TreeEntry after = change.after().orElseThrow();
    return before.attributes().mode() == after.attributes().mode()
        ? "  " + modified(before) + " -> " + modified(after)
        : "  " + EntryText.mode(before) + " -> " + EntryText.mode(after);
  }

  private static String modified(TreeEntry entry) {
    return SnapshotText.time(EntryText.time(entry.attributes()));
  }

  private static Fields fields(Change change) {
    return Fields.of("change", change.kind().name().toLowerCase(Locale.ROOT))
        .with("path", change.path())
        .with("from_path", change.from())
        .with("unnamed", change.unnamed())
        .with("before", change.before().map(entry -> EntryText.fields(entry).map()))
        .with("after", change.after().map(entry -> EntryText.fields(entry).map()));
  }
}

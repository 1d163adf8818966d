package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.MergeOutcome;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what came of a merge or a revert. */
final class MergePrinter {
  private final Invocation invocation;
  private final Name branch;
  private final boolean dryRun;
  private final String hint;

  /**
   * @param hint what to do about conflicts
   */
  MergePrinter(Invocation invocation, Name branch, boolean dryRun, String hint) {
    this.invocation = invocation;
    this.branch = branch;
    this.dryRun = dryRun;
    this.hint = hint;
  }

  /**
   * Prints it.
   *
   * @throws AifsException.Conflict if there are conflicts
   */
  ExitCode print(MergeOutcome outcome) throws IOException {
    invocation.output().object(fields(outcome));
    if (outcome.kind() == MergeOutcome.Kind.CONFLICTS) {
      for (MergeOutcome.Conflict conflict : outcome.conflicts()) {
        invocation.output().line("C  " + text(conflict));
      }
      throw new AifsException.Conflict(
          Reason.MERGE_CONFLICTS,
          "both sides changed "
              + Sizes.count(outcome.conflictCount(), "path")
              + ", each in its own way; branch "
              + branch
              + " is as it was",
          hint);
    }
    if (!dryRun && outcome.snapshot().isPresent()) {
      invocation.output().line(outcome.snapshot().get().id().hex());
    }
    for (MergeOutcome.Conflict conflict : outcome.conflicts()) {
      invocation.say("chose " + word(conflict.choice()) + " for " + text(conflict));
    }
    invocation.say(sentence(outcome));
    return ExitCode.OK;
  }

  private String sentence(MergeOutcome outcome) {
    String to = outcome.snapshot().map(snapshot -> " " + snapshot.id()).orElse("");
    String paths = Sizes.count(outcome.changedPaths(), "path") + " changed";
    return switch (outcome.kind()) {
      case UP_TO_DATE, CONFLICTS -> "branch " + branch + " holds all of it already";
      case FAST_FORWARD ->
          "branch "
              + branch
              + (dryRun ? " would move" : " moved")
              + " forward to snapshot"
              + to
              + ", "
              + paths;
      case MERGED ->
          (dryRun ? "would make a snapshot on " : "made a snapshot on ") + branch + ", " + paths;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String text(MergeOutcome.Conflict conflict) {
    return String.format(
        Locale.ROOT,
        "%s  ours: %s, theirs: %s",
        Printable.of(conflict.path().value()),
        side(conflict.base(), conflict.ours()),
        side(conflict.base(), conflict.theirs()));
  }

  private static String side(Optional<TreeEntry> base, Optional<TreeEntry> now) {
    if (now.isEmpty()) {
      return "removed";
    }
    return base.isEmpty() ? "added" : "modified";
  }

  private Fields fields(MergeOutcome outcome) {
    return Fields.of("outcome", word(outcome.kind()))
        .with("branch", branch)
        .with("dry_run", dryRun)
        .with("snapshot", outcome.snapshot().map(MergePrinter::snapshot))
        .with("base_snapshot_id", outcome.base())
        .with("changed_paths", outcome.changedPaths())
        .with("conflict_count", outcome.conflictCount())
        .with("conflicts", outcome.conflicts().stream().map(MergePrinter::conflict).toList());
  }

  private static Map<String, Object> snapshot(SnapshotSummary snapshot) {
    return SnapshotText.fields(snapshot).map();
  }

  private static Map<String, Object> conflict(MergeOutcome.Conflict conflict) {
    return Fields.of("path", conflict.path())
        .with("choice", word(conflict.choice()))
        .with("base", conflict.base().map(entry -> EntryText.fields(entry).map()))
        .with("ours", conflict.ours().map(entry -> EntryText.fields(entry).map()))
        .with("theirs", conflict.theirs().map(entry -> EntryText.fields(entry).map()))
        .map();
  }
}

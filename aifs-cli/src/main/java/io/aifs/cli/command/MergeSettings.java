package io.aifs.cli.command;

import io.aifs.cli.place.Places;
import io.aifs.client.ConflictChoice;
import io.aifs.client.MergeOptions;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What merges and reverts have in common. */
final class MergeSettings {
  @Option(names = "--ours", description = "where both sides changed a path, keep the branch's")
  private boolean ours;

  @Option(names = "--theirs", description = "where both sides changed a path, take the other's")
  private boolean theirs;

  @Option(names = "--dry-run", description = "only say what would come of it")
  private boolean dryRun;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MSG",
      description = "the message of the snapshot")
  private String message = "";

  @Option(names = "--author", paramLabel = "NAME", description = "who does it")
  private String author = "";

  @Option(
      names = "--expect",
      paramLabel = "ID",
      description = "fail unless the branch is at this snapshot")
  private Optional<String> expected = Optional.empty();

  boolean dryRun() {
    return dryRun;
  }

  private ConflictChoice choice() {
    if (ours && theirs) {
      throw Usage.error("--ours and --theirs disagree", "give one of them");
    }
    return ours ? ConflictChoice.OURS : theirs ? ConflictChoice.THEIRS : ConflictChoice.FAIL;
  }

  MergeOptions options(
      Places places,
      Map<TreePath, ConflictChoice> choices,
      boolean ownSnapshot,
      boolean allowUnrelated) {
    Optional<SnapshotId> head = expected.map(id -> RefArgument.id(places, "--expect", id));
    return new MergeOptions(
        choice(), choices, dryRun, ownSnapshot, allowUnrelated, message, author, head);
  }
}

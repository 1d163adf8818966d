package io.aifs.client.internal;

import io.aifs.client.ConflictChoice;
import io.aifs.client.History.Verdict;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathDifference;
import io.aifs.client.PathInfo;
import io.aifs.client.Refs.Branch;
import io.aifs.client.Refs.Move;
import io.aifs.client.Refs.Tag;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.BranchMove;
import io.aifs.proto.v1.CheckSnapshotResponse;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.PathChange;
import io.aifs.proto.v1.PathConflict;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.TagInfo;
import java.util.Optional;

/** Messages about snapshots, branches and tags as records; throws as {@link FromWire} does. */
final class HistoryWire {
  static SnapshotSummary snapshot(SnapshotInfo info) {
    return new SnapshotSummary(
        new SnapshotId(info.getSnapshotId()),
        new Name(info.getNamespace()),
        Digest.parse(info.getMerkleRoot()),
        FromWire.instant(info.getCreatedAt()),
        info.getParentsList().stream().map(SnapshotId::new).toList(),
        info.getAuthor(),
        info.getMessage(),
        info.getMetadataMap(),
        info.getSignedBy(),
        info.getStatement().toByteArray(),
        info.getSignature().toByteArray(),
        info.getEntries(),
        info.getContentBytes(),
        info.getUnnamed());
  }

  static Optional<SnapshotId> id(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new SnapshotId(text));
  }

  static Verdict verdict(CheckSnapshotResponse response) {
    return new Verdict(
        new SnapshotId(response.getSnapshotId()),
        response.getValid(),
        response.getSignatureValid(),
        response.getProblemsList(),
        response.getNodes(),
        response.getEntries());
  }

  static PathDifference difference(PathChange change) {
    return new PathDifference(
        new TreePath(change.getPath()),
        change.hasBefore() ? entry(change.getBefore()) : Optional.empty(),
        change.hasAfter() ? entry(change.getAfter()) : Optional.empty(),
        change.getAttributesOnly(),
        change.getUnnamed());
  }

  private static Optional<TreeEntry> entry(io.aifs.proto.v1.PathInfo path) {
    PathInfo info = FromWire.path(path);
    return Optional.of(info.entry());
  }

  /** The outcome of a merge, whose snapshot is still to be checked. */
  static MergeOutcome merge(MergeResponse response) {
    return new MergeOutcome(
        kind(response.getOutcome()),
        response.hasSnapshot() ? Optional.of(snapshot(response.getSnapshot())) : Optional.empty(),
        id(response.getBaseSnapshotId()),
        response.getConflictsList().stream().map(HistoryWire::conflict).toList(),
        response.getConflictCount(),
        response.getChangedPaths());
  }

  private static MergeOutcome.Kind kind(MergeResponse.Outcome outcome) {
    return switch (outcome) {
      case OUTCOME_UP_TO_DATE -> MergeOutcome.Kind.UP_TO_DATE;
      case OUTCOME_FAST_FORWARD -> MergeOutcome.Kind.FAST_FORWARD;
      case OUTCOME_MERGED -> MergeOutcome.Kind.MERGED;
      case OUTCOME_CONFLICTS -> MergeOutcome.Kind.CONFLICTS;
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the merge has no known outcome");
    };
  }

  private static MergeOutcome.Conflict conflict(PathConflict conflict) {
    return new MergeOutcome.Conflict(
        new TreePath(conflict.getPath()),
        conflict.hasBase() ? entry(conflict.getBase()) : Optional.empty(),
        conflict.hasOurs() ? entry(conflict.getOurs()) : Optional.empty(),
        conflict.hasTheirs() ? entry(conflict.getTheirs()) : Optional.empty(),
        choice(conflict.getChoice()));
  }

  private static ConflictChoice choice(io.aifs.proto.v1.ConflictChoice choice) {
    return switch (choice) {
      case CONFLICT_CHOICE_OURS -> ConflictChoice.OURS;
      case CONFLICT_CHOICE_THEIRS -> ConflictChoice.THEIRS;
      case CONFLICT_CHOICE_FAIL, UNRECOGNIZED -> ConflictChoice.FAIL;
    };
  }

  static io.aifs.proto.v1.ConflictChoice toWire(ConflictChoice choice) {
    return switch (choice) {
      case FAIL -> io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_FAIL;
      case OURS -> io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_OURS;
      case THEIRS -> io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_THEIRS;
    };
  }

  static Branch branch(BranchInfo info) {
    return new Branch(
        new Name(info.getName()),
        new SnapshotId(info.getSnapshotId()),
        FromWire.instant(info.getCreatedAt()),
        FromWire.instant(info.getUpdatedAt()),
        info.getMetadataMap(),
        info.getProtected(),
        info.getChanged());
  }

  static Move move(BranchMove move) {
    return new Move(
        move.getSequence(),
        id(move.getFromSnapshotId()),
        id(move.getToSnapshotId()),
        FromWire.instant(move.getAt()),
        move.getWho(),
        move.getReason(),
        move.getMetadataMap());
  }

  static Tag tag(TagInfo info) {
    return new Tag(
        new Name(info.getName()),
        new SnapshotId(info.getSnapshotId()),
        FromWire.instant(info.getCreatedAt()),
        info.getMetadataMap(),
        info.getWho());
  }

  private HistoryWire() {}
}

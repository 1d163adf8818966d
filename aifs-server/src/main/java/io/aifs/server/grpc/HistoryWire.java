package io.aifs.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.core.tree.EntryContent;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.BranchMove;
import io.aifs.proto.v1.ConflictChoice;
import io.aifs.proto.v1.PathChange;
import io.aifs.proto.v1.PathConflict;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.TagInfo;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.history.DiffService;
import io.aifs.server.engine.history.MergeResult;
import io.aifs.server.engine.history.RefService;
import io.aifs.server.engine.history.VerifiedSnapshot;
import io.aifs.server.snapshot.TreeConflict;
import io.aifs.server.snapshot.TreeDifference;
import java.util.Optional;

/** Snapshots and refs as messages. */
final class HistoryWire {
  private HistoryWire() {}

  static SnapshotInfo.Builder snapshot(VerifiedSnapshot snapshot) {
    SnapshotStatement statement = snapshot.statement();
    SnapshotInfo.Builder info =
        SnapshotInfo.newBuilder()
            .setSnapshotId(snapshot.id().hex())
            .setNamespace(statement.namespace().value())
            .setMerkleRoot(statement.merkleRoot().hex())
            .setCreatedAt(Timestamps.format(statement.createdAt()))
            .setAuthor(statement.author())
            .setMessage(statement.message())
            .putAllMetadata(statement.metadata())
            .setSignedBy(statement.signedBy().hex())
            .setStatement(UnsafeByteOperations.unsafeWrap(snapshot.row().statement()))
            .setSignature(UnsafeByteOperations.unsafeWrap(snapshot.row().signature()))
            .setEntries(statement.roots().paths().entries())
            .setContentBytes(statement.roots().paths().bytes())
            .setUnnamed(statement.roots().unnamed().entries());
    statement.parents().forEach(parent -> info.addParents(parent.hex()));
    return info;
  }

  /** The same without what tells of the snapshot's contents, or of other snapshots. */
  static SnapshotInfo withoutContents(SnapshotInfo info) {
    return SnapshotInfo.newBuilder()
        .setSnapshotId(info.getSnapshotId())
        .setNamespace(info.getNamespace())
        .setMerkleRoot(info.getMerkleRoot())
        .setCreatedAt(info.getCreatedAt())
        .setSignedBy(info.getSignedBy())
        .build();
  }

  static BranchInfo branch(NamespaceRow namespace, RefService.Branch branch) {
    return BranchInfo.newBuilder()
        .setName(branch.row().name().value())
        .setNamespace(namespace.name().value())
        .setSnapshotId(branch.head().hex())
        .setCreatedAt(Timestamps.format(branch.row().createdAt()))
        .setUpdatedAt(Timestamps.format(branch.row().updatedAt()))
        .putAllMetadata(branch.row().metadata())
        .setProtected(branch.row().guarded())
        .setChanged(branch.changed())
        .build();
  }

  static BranchMove move(io.aifs.server.catalog.BranchMove move) {
    return BranchMove.newBuilder()
        .setSequence(move.sequence())
        .setName(move.branch().value())
        .setFromSnapshotId(move.from().map(SnapshotId::hex).orElse(""))
        .setToSnapshotId(move.to().map(SnapshotId::hex).orElse(""))
        .setAt(Timestamps.format(move.at()))
        .setWho(move.who())
        .setReason(move.reason())
        .putAllMetadata(move.metadata())
        .build();
  }

  static TagInfo tag(NamespaceRow namespace, TagRow tag) {
    return TagInfo.newBuilder()
        .setName(tag.name().value())
        .setNamespace(namespace.name().value())
        .setSnapshotId(tag.snapshot().hex())
        .setCreatedAt(Timestamps.format(tag.createdAt()))
        .putAllMetadata(tag.metadata())
        .setWho(tag.who())
        .build();
  }

  static PathChange change(DiffService.Change change) {
    TreeDifference difference = change.difference();
    PathChange.Builder wire =
        PathChange.newBuilder()
            .setPath(difference.path().value())
            .setUnnamed(change.unnamed())
            .setAttributesOnly(isOfAttributes(difference));
    info(difference.path(), difference.before()).ifPresent(wire::setBefore);
    info(difference.path(), difference.after()).ifPresent(wire::setAfter);
    return wire.build();
  }

  private static boolean isOfAttributes(TreeDifference difference) {
    return difference.before().isPresent()
        && difference.after().isPresent()
        && EntryContent.same(difference.before().get(), difference.after().get());
  }

  private static Optional<PathInfo> info(TreePath path, Optional<TreeEntry> entry) {
    return entry.map(one -> Wire.path(new PathEntry(path, one)));
  }

  static PathConflict conflict(MergeResult.Conflict conflict) {
    TreeConflict what = conflict.conflict();
    PathConflict.Builder wire =
        PathConflict.newBuilder()
            .setPath(what.path().value())
            .setChoice(
                switch (conflict.choice()) {
                  case OURS -> ConflictChoice.CONFLICT_CHOICE_OURS;
                  case THEIRS -> ConflictChoice.CONFLICT_CHOICE_THEIRS;
                  case UNRESOLVED -> ConflictChoice.CONFLICT_CHOICE_FAIL;
                });
    info(what.path(), what.base()).ifPresent(wire::setBase);
    info(what.path(), what.ours()).ifPresent(wire::setOurs);
    info(what.path(), what.theirs()).ifPresent(wire::setTheirs);
    return wire.build();
  }
}

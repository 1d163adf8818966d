package io.aifs.client.internal;

import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.FilePut;
import io.aifs.client.TransactionStep;
import io.aifs.client.TransactionSummary;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TransactionId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AddParentsStep;
import io.aifs.proto.v1.DeleteAssociationsStep;
import io.aifs.proto.v1.DeleteTagStep;
import io.aifs.proto.v1.EndBranchStep;
import io.aifs.proto.v1.MakeTagStep;
import io.aifs.proto.v1.MoveBranchStep;
import io.aifs.proto.v1.MovePathStep;
import io.aifs.proto.v1.NewParents;
import io.aifs.proto.v1.PutAssociationsStep;
import io.aifs.proto.v1.PutFilesStep;
import io.aifs.proto.v1.RemovePathsStep;
import io.aifs.proto.v1.StartBranchStep;
import io.aifs.proto.v1.TransactionInfo;
import io.aifs.proto.v1.TransactionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transactions and their steps as messages. */
final class TransactionWire {
  static TransactionSummary summary(TransactionInfo info) {
    return new TransactionSummary(
        TransactionId.parse(info.getId()),
        state(info.getState()),
        Timestamps.parse(info.getBegunAt()),
        Duration.ofSeconds(info.getLeaseSeconds()),
        Timestamps.parse(info.getExpiresAt()),
        info.getEndedAt().isEmpty()
            ? Optional.empty()
            : Optional.of(Timestamps.parse(info.getEndedAt())),
        info.getSteps(),
        info.getEntries(),
        info.getStagedBytes(),
        info.getVersion());
  }

  private static TransactionSummary.State state(TransactionState state) {
    return switch (state) {
      case TRANSACTION_STATE_OPEN -> TransactionSummary.State.OPEN;
      case TRANSACTION_STATE_COMMITTED -> TransactionSummary.State.COMMITTED;
      case TRANSACTION_STATE_ABORTED -> TransactionSummary.State.ABORTED;
      case TRANSACTION_STATE_EXPIRED -> TransactionSummary.State.EXPIRED;
      case TRANSACTION_STATE_LOST -> TransactionSummary.State.LOST;
      case UNRECOGNIZED -> throw new IllegalArgumentException("state of a transaction is unknown");
    };
  }

  static List<io.aifs.proto.v1.TransactionStep> steps(List<TransactionStep> steps) {
    return steps.stream().map(TransactionWire::step).toList();
  }

  private static io.aifs.proto.v1.TransactionStep step(TransactionStep step) {
    io.aifs.proto.v1.TransactionStep.Builder wire = io.aifs.proto.v1.TransactionStep.newBuilder();
    switch (step) {
      case TransactionStep.PutFiles(Name branch, List<FilePut> files) ->
          wire.setPutFiles(
              PutFilesStep.newBuilder()
                  .setBranch(branch.value())
                  .addAllFiles(files.stream().map(ToWire::filePut).toList()));
      case TransactionStep.RemovePaths(Name branch, List<TreePath> paths, boolean recursive) ->
          wire.setRemovePaths(
              RemovePathsStep.newBuilder()
                  .setBranch(branch.value())
                  .addAllPaths(paths.stream().map(TreePath::value).toList())
                  .setRecursive(recursive));
      case TransactionStep.MovePath(Name branch, TreePath from, TreePath to) ->
          wire.setMovePath(
              MovePathStep.newBuilder()
                  .setBranch(branch.value())
                  .setFromPath(from.value())
                  .setToPath(to.value()));
      case TransactionStep.StartBranch start -> wire.setStartBranch(startBranch(start));
      case TransactionStep.MoveBranch move -> wire.setMoveBranch(moveBranch(move));
      case TransactionStep.EndBranch end -> wire.setEndBranch(endBranch(end));
      case TransactionStep.MakeTag(Name name, Ref at, Map<String, String> metadata) ->
          wire.setMakeTag(
              MakeTagStep.newBuilder()
                  .setName(name.value())
                  .setAt(at.toString())
                  .putAllMetadata(metadata));
      case TransactionStep.DeleteTag(Name name) ->
          wire.setDeleteTag(DeleteTagStep.newBuilder().setName(name.value()));
      case TransactionStep.AddParents(Map<Digest, List<ParentEdge>> children) ->
          wire.setAddParents(
              AddParentsStep.newBuilder()
                  .addAllChildren(
                      children.entrySet().stream().map(TransactionWire::child).toList()));
      case TransactionStep.PutAssociations(List<AssociationWrite> associations) ->
          wire.setPutAssociations(
              PutAssociationsStep.newBuilder()
                  .addAllAssociations(
                      associations.stream().map(TransactionWire::association).toList()));
      case TransactionStep.DeleteAssociations(List<AssociationName> associations) ->
          wire.setDeleteAssociations(
              DeleteAssociationsStep.newBuilder()
                  .addAllAssociations(
                      associations.stream().map(TransactionWire::associationName).toList()));
    }
    return wire.build();
  }

  private static StartBranchStep startBranch(TransactionStep.StartBranch step) {
    return StartBranchStep.newBuilder()
        .setName(step.name().value())
        .setAt(step.at().toString())
        .putAllMetadata(step.metadata())
        .setReason(step.why())
        .build();
  }

  private static MoveBranchStep moveBranch(TransactionStep.MoveBranch step) {
    return MoveBranchStep.newBuilder()
        .setName(step.name().value())
        .setTo(step.to().toString())
        .setExpectedSnapshotId(step.expected().hex())
        .setReason(step.why())
        .build();
  }

  private static EndBranchStep endBranch(TransactionStep.EndBranch step) {
    return EndBranchStep.newBuilder()
        .setName(step.name().value())
        .setExpectedSnapshotId(step.expected().map(SnapshotId::hex).orElse(""))
        .setReason(step.why())
        .build();
  }

  private static NewParents child(Map.Entry<Digest, List<ParentEdge>> child) {
    return NewParents.newBuilder()
        .setChildAssetId(child.getKey().hex())
        .addAllParents(ToWire.parents(child.getValue()))
        .build();
  }

  private static io.aifs.proto.v1.AssociationWrite association(AssociationWrite write) {
    io.aifs.proto.v1.AssociationWrite.Builder wire =
        io.aifs.proto.v1.AssociationWrite.newBuilder()
            .setId1(write.name().id1().toString())
            .setType(write.name().type().value())
            .setId2(write.name().id2().toString())
            .setData(UnsafeByteOperations.unsafeWrap(write.data().bytes()));
    write.timeNanos().ifPresent(wire::setTimeNanos);
    return wire.build();
  }

  private static io.aifs.proto.v1.AssociationName associationName(AssociationName name) {
    return io.aifs.proto.v1.AssociationName.newBuilder()
        .setId1(name.id1().toString())
        .setType(name.type().value())
        .setId2(name.id2().toString())
        .build();
  }

  private TransactionWire() {}
}

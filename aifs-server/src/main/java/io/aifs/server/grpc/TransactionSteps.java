package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.DeleteAssociationsStep;
import io.aifs.proto.v1.EndBranchStep;
import io.aifs.proto.v1.MakeTagStep;
import io.aifs.proto.v1.MoveBranchStep;
import io.aifs.proto.v1.MovePathStep;
import io.aifs.proto.v1.PutAssociationsStep;
import io.aifs.proto.v1.RemovePathsStep;
import io.aifs.proto.v1.StartBranchStep;
import io.aifs.proto.v1.TransactionStep;
import io.aifs.server.auth.Permission;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.PathChanges;
import io.aifs.server.engine.association.AssociationWrites;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.RefResolver;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the steps of a message to the model. Each needs what the call of its own would: the gate has
 * only seen to "put".
 */
final class TransactionSteps {
  private final RefResolver resolver;

  TransactionSteps(RefResolver resolver) {
    this.resolver = resolver;
  }

  List<StepOrder> of(NamespaceRow namespace, List<TransactionStep> steps) {
    if (steps.isEmpty() || steps.size() > Limits.BATCH_ENTRIES_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "steps",
          "a call takes 1 to " + Limits.BATCH_ENTRIES_MAX + " steps: " + steps.size(),
          "split it");
    }
    List<StepOrder> orders = new ArrayList<>(steps.size());
    for (int at = 0; at < steps.size(); at++) {
      orders.add(of(namespace, "steps[" + at + "]", steps.get(at)));
    }
    return orders;
  }

  private StepOrder of(NamespaceRow namespace, String field, TransactionStep step) {
    return switch (step.getStepCase()) {
      case PUT_FILES -> {
        Name branch = Requests.branch(step.getPutFiles().getBranch());
        yield new StepOrder.PutFiles(
            branch, FilePuts.of(branch, step.getPutFiles().getFilesList()));
      }
      case REMOVE_PATHS -> new StepOrder.Ready(remove(field, step.getRemovePaths()));
      case MOVE_PATH -> new StepOrder.Ready(move(field, step.getMovePath()));
      case START_BRANCH -> ref(start(namespace, field, step.getStartBranch()));
      case MOVE_BRANCH -> ref(move(namespace, field, step.getMoveBranch()));
      case END_BRANCH -> ref(end(field, step.getEndBranch()));
      case MAKE_TAG -> ref(tag(namespace, field, step.getMakeTag()));
      case DELETE_TAG ->
          ref(
              new StagedStep.DeleteTag(
                  Requests.name(field + ".name", step.getDeleteTag().getName())));
      case ADD_PARENTS -> {
        requireAbout(Permission.GET);
        yield new StepOrder.Ready(
            new StagedStep.AddParents(
                LineageGrpcService.children(step.getAddParents().getChildrenList())));
      }
      case PUT_ASSOCIATIONS -> new StepOrder.Ready(put(field, step.getPutAssociations()));
      case DELETE_ASSOCIATIONS -> new StepOrder.Ready(delete(field, step.getDeleteAssociations()));
      case STEP_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              field,
              field + " is empty, or of a kind that this server does not know",
              "set one of its fields; a newer server may know more");
    };
  }

  static StagedStep remove(String field, RemovePathsStep step) {
    Scope.current().require(Permission.DELETE);
    Name branch = Requests.branch(step.getBranch());
    List<TreePath> paths = Requests.paths(field + ".paths", step.getPathsList());
    Scope.current().requireChange(branch, paths);
    PathChanges.requireBatch(paths);
    return new StagedStep.RemovePaths(branch, paths, step.getRecursive());
  }

  static StagedStep move(String field, MovePathStep step) {
    Scope.current().require(Permission.GET);
    Name branch = Requests.branch(step.getBranch());
    TreePath from = Requests.path(field + ".from_path", step.getFromPath());
    TreePath to = Requests.path(field + ".to_path", step.getToPath());
    Scope.current().requireChange(branch, List.of(from, to));
    PathChanges.requireMovable(from, to);
    return new StagedStep.MovePath(branch, from, to);
  }

  private static StagedStep put(String field, PutAssociationsStep step) {
    requireAbout(Permission.GET);
    AssociationWrites.requireFew(step.getAssociationsCount());
    List<AssociationWrite> writes =
        AssociationWire.writes(field + ".associations", step.getAssociationsList());
    AssociationWrites.requireFits(writes);
    return new StagedStep.PutAssociations(writes);
  }

  private static StagedStep delete(String field, DeleteAssociationsStep step) {
    requireAbout(Permission.DELETE);
    Scope.current().require(Permission.GET);
    AssociationWrites.requireFew(step.getAssociationsCount());
    return new StagedStep.DeleteAssociations(
        AssociationWire.names(field + ".associations", step.getAssociationsList()));
  }

  private StagedStep start(NamespaceRow namespace, String field, StartBranchStep step) {
    return new StagedStep.StartBranch(
        Requests.name(field + ".name", step.getName()),
        at(namespace, field + ".at", step.getAt()),
        mover(step.getReason(), step.getMetadataMap()));
  }

  private StagedStep move(NamespaceRow namespace, String field, MoveBranchStep step) {
    if (step.getExpectedSnapshotId().isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          field + ".expected_snapshot_id",
          "expected_snapshot_id is empty: a move says from where",
          "send the snapshot that DescribeBranch gives");
    }
    return new StagedStep.MoveBranch(
        Requests.name(field + ".name", step.getName()),
        at(namespace, field + ".to", step.getTo()),
        Requests.snapshotId(field + ".expected_snapshot_id", step.getExpectedSnapshotId()),
        mover(step.getReason(), Map.of()));
  }

  private static StagedStep end(String field, EndBranchStep step) {
    return new StagedStep.EndBranch(
        Requests.name(field + ".name", step.getName()),
        Requests.optionalSnapshotId(field + ".expected_snapshot_id", step.getExpectedSnapshotId()),
        mover(step.getReason(), Map.of()));
  }

  private StagedStep tag(NamespaceRow namespace, String field, MakeTagStep step) {
    return new StagedStep.MakeTag(
        Requests.name(field + ".name", step.getName()),
        at(namespace, field + ".at", step.getAt()),
        mover("", step.getMetadataMap()));
  }

  private static StepOrder ref(StagedStep step) {
    requireAbout(Permission.SNAPSHOT);
    return new StepOrder.Ready(step);
  }

  /** Of steps that are about more than paths. */
  private static void requireAbout(Permission permission) {
    Scope.current().require(permission);
    Scope.current().requireWhole();
  }

  private SnapshotId at(NamespaceRow namespace, String field, String ref) {
    return resolver.snapshot(namespace, Requests.ref(field, ref)).id();
  }

  private static Mover mover(String reason, Map<String, String> metadata) {
    return new Mover(TransactionKeys.owner(), reason, metadata);
  }
}

package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.ConflictChoice;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.history.MergeOrder;
import io.aifs.server.engine.history.MergeResult;
import io.aifs.server.engine.history.MergeService;
import io.aifs.server.grpc.gate.CallScope;
import io.aifs.server.snapshot.MergeChoice;
import java.util.HashMap;
import java.util.Map;

/** The calls of {@code aifs.v1.History} that bring changes into a branch. Thread-safe. */
final class MergeCalls {
  private final MergeService merges;
  private final Namespaces namespaces;

  MergeCalls(MergeService merges, Namespaces namespaces) {
    this.merges = merges;
    this.namespaces = namespaces;
  }

  MergeResponse merge(MergeRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Map<TreePath, MergeChoice> choices = new HashMap<>();
    request
        .getChoicesMap()
        .forEach((path, choice) -> choices.put(Requests.path("choices", path), choice(choice)));
    MergeOrder order =
        new MergeOrder(
            Requests.branch(request.getIntoBranch()),
            choice(request.getChoice()),
            choices,
            request.getDryRun(),
            !request.getNoFastForward(),
            request.getAllowUnrelated(),
            request.getMessage(),
            request.getAuthor(),
            Requests.optionalSnapshotId("expected_snapshot_id", request.getExpectedSnapshotId()),
            CallScope.current().caller().family());
    return response(
        merges.merge(
            namespace,
            order,
            Requests.ref("from", required("from", request.getFrom())),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "Merge", request)));
  }

  MergeResponse revert(RevertRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    MergeOrder order =
        new MergeOrder(
            Requests.branch(request.getBranch()),
            choice(request.getChoice()),
            Map.of(),
            request.getDryRun(),
            false,
            false,
            request.getMessage(),
            request.getAuthor(),
            Requests.optionalSnapshotId("expected_snapshot_id", request.getExpectedSnapshotId()),
            CallScope.current().caller().family());
    return response(
        merges.revert(
            namespace,
            order,
            Requests.ref("ref", required("ref", request.getRef())),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "Revert", request)));
  }

  private static String required(String field, String value) {
    if (value.isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          field,
          field + " is empty",
          "name a branch, a tag or a snapshot");
    }
    return value;
  }

  private static MergeChoice choice(ConflictChoice choice) {
    return switch (choice) {
      case CONFLICT_CHOICE_FAIL -> MergeChoice.UNRESOLVED;
      case CONFLICT_CHOICE_OURS -> MergeChoice.OURS;
      case CONFLICT_CHOICE_THEIRS -> MergeChoice.THEIRS;
      case UNRECOGNIZED ->
          throw Requests.invalid(
              Reason.ARGUMENT_INVALID,
              "choice",
              "the choice is not known",
              "the choices are FAIL 0, OURS 1, THEIRS 2");
    };
  }

  private static MergeResponse response(MergeResult result) {
    MergeResponse.Builder reply =
        MergeResponse.newBuilder()
            .setOutcome(
                switch (result.outcome()) {
                  case UP_TO_DATE -> MergeResponse.Outcome.OUTCOME_UP_TO_DATE;
                  case FAST_FORWARD -> MergeResponse.Outcome.OUTCOME_FAST_FORWARD;
                  case MERGED -> MergeResponse.Outcome.OUTCOME_MERGED;
                  case CONFLICTS -> MergeResponse.Outcome.OUTCOME_CONFLICTS;
                })
            .setBaseSnapshotId(result.base().map(SnapshotId::hex).orElse(""))
            .setConflictCount(result.conflictCount())
            .setChangedPaths(result.changedPaths());
    result.snapshot().ifPresent(snapshot -> reply.setSnapshot(HistoryWire.snapshot(snapshot)));
    result.conflicts().forEach(conflict -> reply.addConflicts(HistoryWire.conflict(conflict)));
    return reply.build();
  }
}

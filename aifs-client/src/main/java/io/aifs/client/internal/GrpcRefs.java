package io.aifs.client.internal;

import io.aifs.client.Refs;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.EndBranchRequest;
import io.aifs.proto.v1.ListBranchInfosRequest;
import io.aifs.proto.v1.ListBranchMovesRequest;
import io.aifs.proto.v1.ListTagInfosRequest;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.StartBranchRequest;
import java.util.Map;
import java.util.stream.Stream;

/** Branches and tags over the services Refs and AIFS. */
final class GrpcRefs implements Refs {
  private final Caller caller;
  private final Name namespace;

  GrpcRefs(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Branch startBranch(Name name, Ref at, Map<String, String> metadata, String why) {
    return caller.change(
        RefsGrpc.getStartBranchMethod(),
        requestId ->
            StartBranchRequest.newBuilder()
                .setNamespace(namespace.value())
                .setName(name.value())
                .setAt(at.toString())
                .putAllMetadata(metadata)
                .setReason(why)
                .setRequestId(requestId)
                .build(),
        HistoryWire::branch);
  }

  @Override
  public Branch moveBranch(Name name, Ref to, SnapshotId expected, boolean force, String why) {
    return caller.change(
        RefsGrpc.getMoveBranchMethod(),
        requestId ->
            MoveBranchRequest.newBuilder()
                .setNamespace(namespace.value())
                .setName(name.value())
                .setTo(to.toString())
                .setExpectedSnapshotId(expected.hex())
                .setForce(force)
                .setReason(why)
                .setRequestId(requestId)
                .build(),
        HistoryWire::branch);
  }

  @Override
  public SnapshotId endBranch(Name name, boolean force, String why) {
    return caller.change(
        RefsGrpc.getEndBranchMethod(),
        requestId ->
            EndBranchRequest.newBuilder()
                .setNamespace(namespace.value())
                .setName(name.value())
                .setForce(force)
                .setReason(why)
                .setRequestId(requestId)
                .build(),
        response -> new SnapshotId(response.getSnapshotId()));
  }

  @Override
  public Branch protectBranch(Name name, boolean isProtected) {
    ProtectBranchRequest request =
        ProtectBranchRequest.newBuilder()
            .setNamespace(namespace.value())
            .setName(name.value())
            .setProtected(isProtected)
            .build();
    return caller.ask(RefsGrpc.getProtectBranchMethod(), request, HistoryWire::branch);
  }

  @Override
  public Branch branch(Name name) {
    DescribeBranchRequest request =
        DescribeBranchRequest.newBuilder()
            .setNamespace(namespace.value())
            .setName(name.value())
            .build();
    return caller.ask(RefsGrpc.getDescribeBranchMethod(), request, HistoryWire::branch);
  }

  @Override
  public Stream<Branch> branches() {
    return Pages.stream(
        token ->
            caller.ask(
                RefsGrpc.getListBranchInfosMethod(),
                ListBranchInfosRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setPageToken(token)
                    .build(),
                response ->
                    Pages.Page.of(
                        token,
                        response.getBranchesList().stream().map(HistoryWire::branch).toList(),
                        response.getNextPageToken())));
  }

  @Override
  public Stream<Move> moves(Name branch) {
    return Pages.stream(
        token ->
            caller.ask(
                RefsGrpc.getListBranchMovesMethod(),
                ListBranchMovesRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setName(branch.value())
                    .setPageToken(token)
                    .build(),
                response ->
                    Pages.Page.of(
                        token,
                        response.getMovesList().stream().map(HistoryWire::move).toList(),
                        response.getNextPageToken())));
  }

  @Override
  public Tag makeTag(Name name, Ref at, Map<String, String> metadata) {
    return caller.change(
        RefsGrpc.getMakeTagMethod(),
        requestId ->
            MakeTagRequest.newBuilder()
                .setNamespace(namespace.value())
                .setName(name.value())
                .setAt(at.toString())
                .putAllMetadata(metadata)
                .setRequestId(requestId)
                .build(),
        HistoryWire::tag);
  }

  @Override
  public Stream<Tag> tags() {
    return Pages.stream(
        token ->
            caller.ask(
                RefsGrpc.getListTagInfosMethod(),
                ListTagInfosRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setPageToken(token)
                    .build(),
                response ->
                    Pages.Page.of(
                        token,
                        response.getTagsList().stream().map(HistoryWire::tag).toList(),
                        response.getNextPageToken())));
  }

  @Override
  public void deleteTag(Name name) {
    caller.ask(
        AIFSGrpc.getDeleteTagMethod(),
        DeleteTagRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTagName(name.value())
            .build(),
        response -> response);
  }
}

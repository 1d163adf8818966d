package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.proto.v1.BranchHistoryEntry;
import io.aifs.proto.v1.CreateBranchRequest;
import io.aifs.proto.v1.CreateBranchResponse;
import io.aifs.proto.v1.CreateTagRequest;
import io.aifs.proto.v1.CreateTagResponse;
import io.aifs.proto.v1.DeleteBranchRequest;
import io.aifs.proto.v1.DeleteBranchResponse;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.DeleteTagResponse;
import io.aifs.proto.v1.GetBranchHistoryRequest;
import io.aifs.proto.v1.GetBranchHistoryResponse;
import io.aifs.proto.v1.GetBranchRequest;
import io.aifs.proto.v1.GetBranchResponse;
import io.aifs.proto.v1.GetTagRequest;
import io.aifs.proto.v1.GetTagResponse;
import io.aifs.proto.v1.ListBranchesRequest;
import io.aifs.proto.v1.ListBranchesResponse;
import io.aifs.proto.v1.ListTagsRequest;
import io.aifs.proto.v1.ListTagsResponse;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.RefService;
import io.aifs.server.engine.history.TagService;
import io.aifs.server.grpc.gate.CallScope;
import java.util.Map;
import java.util.Optional;

/** The calls of {@code aifs.v1.AIFS} about branches and tags. Thread-safe. */
final class RefCalls {
  private final RefService refs;
  private final TagService tags;
  private final Namespaces namespaces;

  RefCalls(RefService refs, TagService tags, Namespaces namespaces) {
    this.refs = refs;
    this.tags = tags;
    this.namespaces = namespaces;
  }

  private static Mover mover(Map<String, String> metadata) {
    return new Mover(CallScope.current().caller().family(), "", metadata);
  }

  CreateBranchResponse createBranch(CreateBranchRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("branch_name", request.getBranchName());
    SnapshotId to = Requests.snapshotId("snapshot_id", request.getSnapshotId());
    Optional<SnapshotId> expected =
        Requests.optionalSnapshotId("expected_snapshot_id", request.getExpectedSnapshotId());
    refs.set(namespace, name, to, expected, mover(request.getMetadataMap()));
    return CreateBranchResponse.newBuilder()
        .setSuccess(true)
        .setMessage("branch " + name + " stands at " + to)
        .build();
  }

  GetBranchResponse getBranch(GetBranchRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("branch_name", request.getBranchName());
    Scope.current().requireBranch(name);
    return branch(namespace, refs.branch(namespace, name));
  }

  private static GetBranchResponse branch(NamespaceRow namespace, RefService.Branch branch) {
    return GetBranchResponse.newBuilder()
        .setBranchName(branch.row().name().value())
        .setNamespace(namespace.name().value())
        .setSnapshotId(branch.head().hex())
        .setCreatedAt(Timestamps.format(branch.row().createdAt()))
        .setUpdatedAt(Timestamps.format(branch.row().updatedAt()))
        .putAllMetadata(branch.row().metadata())
        .build();
  }

  ListBranchesResponse listBranches(ListBranchesRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
    ListBranchesResponse.Builder reply = ListBranchesResponse.newBuilder();
    refs.list(namespace, Optional.empty(), limit)
        .forEach(branch -> reply.addBranches(branch(namespace, branch)));
    return reply.build();
  }

  DeleteBranchResponse deleteBranch(DeleteBranchRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("branch_name", request.getBranchName());
    SnapshotId stood = refs.end(namespace, name, true, mover(Map.of()), Optional.empty());
    return DeleteBranchResponse.newBuilder()
        .setSuccess(true)
        .setMessage("deleted branch " + name + ", which stood at " + stood)
        .build();
  }

  GetBranchHistoryResponse branchHistory(GetBranchHistoryRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("branch_name", request.getBranchName());
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
    GetBranchHistoryResponse.Builder reply = GetBranchHistoryResponse.newBuilder();
    for (BranchMove move : refs.history(namespace, name, Optional.empty(), limit)) {
      reply.addHistory(
          BranchHistoryEntry.newBuilder()
              .setId((int) Math.min(move.sequence(), Integer.MAX_VALUE))
              .setBranchName(name.value())
              .setNamespace(namespace.name().value())
              .setOldSnapshotId(move.from().map(SnapshotId::hex).orElse(""))
              .setNewSnapshotId(move.to().map(SnapshotId::hex).orElse(""))
              .setUpdatedAt(Timestamps.format(move.at()))
              .putAllMetadata(move.metadata()));
    }
    return reply.build();
  }

  CreateTagResponse createTag(CreateTagRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("tag_name", request.getTagName());
    SnapshotId at = Requests.snapshotId("snapshot_id", request.getSnapshotId());
    tags.make(namespace, name, at, mover(request.getMetadataMap()), Optional.empty());
    return CreateTagResponse.newBuilder()
        .setSuccess(true)
        .setMessage("tag " + name + " names " + at)
        .build();
  }

  GetTagResponse getTag(GetTagRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("tag_name", request.getTagName());
    Scope.current().requireBranch(name);
    return tag(namespace, tags.get(namespace, name));
  }

  private static GetTagResponse tag(NamespaceRow namespace, TagRow tag) {
    return GetTagResponse.newBuilder()
        .setTagName(tag.name().value())
        .setNamespace(namespace.name().value())
        .setSnapshotId(tag.snapshot().hex())
        .setCreatedAt(Timestamps.format(tag.createdAt()))
        .putAllMetadata(tag.metadata())
        .build();
  }

  ListTagsResponse listTags(ListTagsRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
    ListTagsResponse.Builder reply = ListTagsResponse.newBuilder();
    tags.list(namespace, Optional.empty(), limit)
        .forEach(tag -> reply.addTags(tag(namespace, tag)));
    return reply.build();
  }

  DeleteTagResponse deleteTag(DeleteTagRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("tag_name", request.getTagName());
    tags.delete(namespace, name);
    return DeleteTagResponse.newBuilder()
        .setSuccess(true)
        .setMessage("deleted tag " + name + "; its name stays its snapshot's")
        .build();
  }
}

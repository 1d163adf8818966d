package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.EndBranchRequest;
import io.aifs.proto.v1.EndBranchResponse;
import io.aifs.proto.v1.ListBranchInfosRequest;
import io.aifs.proto.v1.ListBranchInfosResponse;
import io.aifs.proto.v1.ListBranchMovesRequest;
import io.aifs.proto.v1.ListBranchMovesResponse;
import io.aifs.proto.v1.ListSigningKeysRequest;
import io.aifs.proto.v1.ListSigningKeysResponse;
import io.aifs.proto.v1.ListTagInfosRequest;
import io.aifs.proto.v1.ListTagInfosResponse;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RotateSigningKeyRequest;
import io.aifs.proto.v1.SigningKeyInfo;
import io.aifs.proto.v1.StartBranchRequest;
import io.aifs.proto.v1.TagInfo;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.RefResolver;
import io.aifs.server.engine.history.RefService;
import io.aifs.server.engine.history.TagService;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code aifs.v1.Refs}: branches, tags and signing keys. */
final class RefsGrpcService extends RefsGrpc.RefsImplBase {
  private static final int PAGE_MAX = 1_000;

  private final RefService refs;
  private final TagService tags;
  private final RefResolver resolver;
  private final SigningKeyCalls signingKeys;
  private final Namespaces namespaces;

  RefsGrpcService(History history, SigningKeyCalls signingKeys, Namespaces namespaces) {
    this.refs = history.refs();
    this.tags = history.tags();
    this.resolver = history.resolver();
    this.signingKeys = signingKeys;
    this.namespaces = namespaces;
  }

  private static Mover mover(String reason, Map<String, String> metadata) {
    return new Mover(CallScope.current().caller().family(), reason, metadata);
  }

  private SnapshotId at(NamespaceRow namespace, String field, String ref) {
    return resolver.snapshot(namespace, Requests.ref(field, ref)).id();
  }

  private static int limit(int pageSize) {
    return Requests.limit("page_size", pageSize, Limits.PAGE_DEFAULT, PAGE_MAX);
  }

  private static <T> List<T> page(List<T> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  @Override
  public void startBranch(StartBranchRequest request, StreamObserver<BranchInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("name", request.getName());
    RefService.Branch branch =
        refs.start(
            namespace,
            name,
            at(namespace, "at", request.getAt()),
            mover(request.getReason(), request.getMetadataMap()),
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "StartBranch", request));
    Replies.send(observer, HistoryWire.branch(namespace, branch));
  }

  @Override
  public void moveBranch(MoveBranchRequest request, StreamObserver<BranchInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("name", request.getName());
    if (request.getExpectedSnapshotId().isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          "expected_snapshot_id",
          "expected_snapshot_id is empty: a move says from where",
          "send the snapshot that DescribeBranch gives");
    }
    RefService.Branch branch =
        refs.move(
            namespace,
            name,
            at(namespace, "to", request.getTo()),
            Requests.snapshotId("expected_snapshot_id", request.getExpectedSnapshotId()),
            request.getForce(),
            mover(request.getReason(), Map.of()),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "MoveBranch", request));
    Replies.send(observer, HistoryWire.branch(namespace, branch));
  }

  @Override
  public void endBranch(EndBranchRequest request, StreamObserver<EndBranchResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    SnapshotId stood =
        refs.end(
            namespace,
            Requests.name("name", request.getName()),
            request.getForce(),
            mover(request.getReason(), Map.of()),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "EndBranch", request));
    Replies.send(observer, EndBranchResponse.newBuilder().setSnapshotId(stood.hex()).build());
  }

  @Override
  public void protectBranch(ProtectBranchRequest request, StreamObserver<BranchInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("name", request.getName());
    Replies.send(
        observer,
        HistoryWire.branch(namespace, refs.guard(namespace, name, request.getProtected())));
  }

  @Override
  public void describeBranch(DescribeBranchRequest request, StreamObserver<BranchInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("name", request.getName());
    Scope scope = Scope.current();
    scope.requireBranch(name);
    BranchInfo info = HistoryWire.branch(namespace, refs.branch(namespace, name));
    Replies.send(observer, scope.isOfWholeRefs() ? info : info.toBuilder().clearChanged().build());
  }

  @Override
  public void listBranchInfos(
      ListBranchInfosRequest request, StreamObserver<ListBranchInfosResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = limit(request.getPageSize());
    Optional<Name> after = afterName(PageToken.BRANCHES, request.getPageToken());
    List<RefService.Branch> found = refs.list(namespace, after, limit + 1);
    ListBranchInfosResponse.Builder reply = ListBranchInfosResponse.newBuilder();
    page(found, limit).forEach(branch -> reply.addBranches(HistoryWire.branch(namespace, branch)));
    if (found.size() > limit) {
      reply.setNextPageToken(PageToken.BRANCHES.encode(found.get(limit - 1).row().name().value()));
    }
    Replies.send(observer, reply.build());
  }

  private static Optional<Name> afterName(PageToken kind, String token) {
    return kind.decode(token).map(place -> Requests.name("page_token", place));
  }

  @Override
  public void listBranchMoves(
      ListBranchMovesRequest request, StreamObserver<ListBranchMovesResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name name = Requests.name("name", request.getName());
    int limit = limit(request.getPageSize());
    Optional<Long> before =
        PageToken.MOVES
            .decode(request.getPageToken())
            .map(
                place ->
                    Requests.parsed(
                        Reason.ARGUMENT_INVALID,
                        "page_token",
                        "send next_page_token of the page before, or leave it empty",
                        () -> Long.parseLong(place)));
    List<BranchMove> found = refs.history(namespace, name, before, limit + 1);
    ListBranchMovesResponse.Builder reply = ListBranchMovesResponse.newBuilder();
    page(found, limit).forEach(move -> reply.addMoves(HistoryWire.move(move)));
    if (found.size() > limit) {
      reply.setNextPageToken(
          PageToken.MOVES.encode(Long.toString(found.get(limit - 1).sequence())));
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void makeTag(MakeTagRequest request, StreamObserver<TagInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    TagRow tag =
        tags.make(
            namespace,
            Requests.name("name", request.getName()),
            at(namespace, "at", request.getAt()),
            mover("", request.getMetadataMap()),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "MakeTag", request));
    Replies.send(observer, HistoryWire.tag(namespace, tag));
  }

  @Override
  public void listTagInfos(
      ListTagInfosRequest request, StreamObserver<ListTagInfosResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = limit(request.getPageSize());
    Optional<Name> after = afterName(PageToken.TAGS, request.getPageToken());
    List<TagRow> found = tags.list(namespace, after, limit + 1);
    ListTagInfosResponse.Builder reply = ListTagInfosResponse.newBuilder();
    page(found, limit).forEach(tag -> reply.addTags(HistoryWire.tag(namespace, tag)));
    if (found.size() > limit) {
      reply.setNextPageToken(PageToken.TAGS.encode(found.get(limit - 1).name().value()));
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
    Replies.send(observer, signingKeys.list(request));
  }

  @Override
  public void rotateSigningKey(
      RotateSigningKeyRequest request, StreamObserver<SigningKeyInfo> observer) {
    Replies.send(observer, signingKeys.rotate(request));
  }
}

package io.aifs.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CheckSnapshotResponse;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.CheckoutResponse;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.ListSnapshotAssetsRequest;
import io.aifs.proto.v1.ListSnapshotAssetsResponse;
import io.aifs.proto.v1.ListSnapshotsRequest;
import io.aifs.proto.v1.ListSnapshotsResponse;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.LogResponse;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.ProveEntryResponse;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.history.AssetSnapshots;
import io.aifs.server.engine.history.DiffService;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.SnapshotChecks;
import io.aifs.server.engine.history.SnapshotService;
import io.aifs.server.engine.history.TakeOrder;
import io.aifs.server.engine.history.VerifiedSnapshot;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.History}: snapshots and what is done with them. */
final class HistoryGrpcService extends HistoryGrpc.HistoryImplBase {
  private static final int SNAPSHOTS_MAX = 1_000;
  private static final int ENTRIES_DEFAULT = 1_000;
  private static final String TOKEN_HINT =
      "send next_page_token of the page before, from the same call, or leave it empty";

  private final History history;
  private final MergeCalls merges;
  private final Namespaces namespaces;

  HistoryGrpcService(History history, Namespaces namespaces) {
    this.history = history;
    this.merges = new MergeCalls(history.merges(), namespaces);
    this.namespaces = namespaces;
  }

  private VerifiedSnapshot snapshot(NamespaceRow namespace, String field) {
    Ref ref = Requests.ref("ref", field);
    Scope.current().requireRef(ref);
    return history.resolver().snapshot(namespace, ref);
  }

  /** What the call's token lets its holder know of a snapshot whose ref it allows. */
  private static SnapshotInfo info(VerifiedSnapshot snapshot) {
    SnapshotInfo whole = HistoryWire.snapshot(snapshot).build();
    return Scope.current().isOfWholeRefs() ? whole : HistoryWire.withoutContents(whole);
  }

  private static <T> List<T> page(List<T> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  @Override
  public void takeSnapshot(TakeSnapshotRequest request, StreamObserver<SnapshotInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    Scope.current().requireBranch(branch);
    Scope.current().requireWholeRefs();
    TakeOrder order =
        new TakeOrder(
            branch,
            request.getMessage(),
            request.getAuthor(),
            request.getMetadataMap(),
            Requests.optionalSnapshotId("expected_snapshot_id", request.getExpectedSnapshotId()),
            request.getAllowUnchanged(),
            CallScope.current().caller().family());
    SnapshotService.Taken taken =
        history
            .snapshots()
            .take(
                namespace,
                order,
                Requests.writeRequest(
                    request.getRequestId(), namespace.name(), "TakeSnapshot", request));
    Replies.send(
        observer, HistoryWire.snapshot(taken.snapshot()).setUnchanged(taken.unchanged()).build());
  }

  @Override
  public void describeSnapshot(
      DescribeSnapshotRequest request, StreamObserver<SnapshotInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Replies.send(observer, info(snapshot(namespace, request.getRef())));
  }

  @Override
  public void listSnapshots(
      ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit =
        Requests.limit("page_size", request.getPageSize(), Limits.PAGE_DEFAULT, SNAPSHOTS_MAX);
    Optional<SnapshotReader.Position> before =
        PageToken.SNAPSHOTS.decode(request.getPageToken()).map(HistoryGrpcService::position);
    List<VerifiedSnapshot> found = history.snapshots().list(namespace, before, limit + 1);
    ListSnapshotsResponse.Builder reply = ListSnapshotsResponse.newBuilder();
    page(found, limit).forEach(one -> reply.addSnapshots(HistoryWire.snapshot(one)));
    if (found.size() > limit) {
      VerifiedSnapshot last = found.get(limit - 1);
      String at = Timestamps.format(last.row().node().createdAt());
      reply.setNextPageToken(PageToken.SNAPSHOTS.encode(last.id() + at));
    }
    Replies.send(observer, reply.build());
  }

  private static SnapshotReader.Position position(String place) {
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        "page_token",
        TOKEN_HINT,
        () -> {
          int digits = Math.min(32, place.length());
          return new SnapshotReader.Position(
              Timestamps.parse(place.substring(digits)),
              new SnapshotId(place.substring(0, digits)));
        });
  }

  @Override
  public void listSnapshotAssets(
      ListSnapshotAssetsRequest request, StreamObserver<ListSnapshotAssetsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit =
        Requests.limit("page_size", request.getPageSize(), ENTRIES_DEFAULT, Limits.PAGE_MAX);
    List<AssetSnapshots.Member> found =
        history
            .assets()
            .members(
                namespace,
                snapshot(namespace, request.getRef()),
                place(PageToken.SNAPSHOT_ASSETS, request.getPageToken()),
                limit + 1);
    ListSnapshotAssetsResponse.Builder reply = ListSnapshotAssetsResponse.newBuilder();
    page(found, limit).forEach(member -> reply.addAssetIds(member.asset().hex()));
    if (found.size() > limit) {
      reply.setNextPageToken(
          PageToken.SNAPSHOT_ASSETS.encode(AssetSnapshots.text(found.get(limit - 1).position())));
    }
    Replies.send(observer, reply.build());
  }

  private static Optional<AssetSnapshots.Position> place(PageToken kind, String token) {
    return kind.decode(token)
        .map(
            text ->
                Requests.parsed(
                    Reason.ARGUMENT_INVALID,
                    "page_token",
                    TOKEN_HINT,
                    () -> AssetSnapshots.position(text)));
  }

  @Override
  public void checkSnapshot(
      CheckSnapshotRequest request, StreamObserver<CheckSnapshotResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    SnapshotId id = history.resolver().id(namespace, Requests.ref("ref", request.getRef()));
    SnapshotChecks.Verdict verdict =
        history.checks().check(namespace, id, SnapshotCalls.publicKey(request.getPublicKey()));
    Replies.send(
        observer,
        CheckSnapshotResponse.newBuilder()
            .setSnapshotId(id.hex())
            .setValid(verdict.valid())
            .setSignatureValid(verdict.signatureValid())
            .addAllProblems(verdict.problems())
            .setNodes(verdict.nodes())
            .setEntries(verdict.entries())
            .build());
  }

  @Override
  public void proveEntry(ProveEntryRequest request, StreamObserver<ProveEntryResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Scope scope = Scope.current();
    scope.requireAllContent();
    VerifiedSnapshot snapshot = snapshot(namespace, request.getRef());
    byte[] proof =
        switch (request.getWhatCase()) {
          case PATH -> {
            TreePath path = Requests.path("path", request.getPath());
            scope.requirePath(path);
            yield history.checks().prove(namespace, snapshot, path);
          }
          case ASSET_ID -> {
            Digest id = Requests.assetId("asset_id", request.getAssetId());
            scope.requireWholeRefs();
            yield history.checks().prove(namespace, snapshot, id);
          }
          case WHAT_NOT_SET ->
              throw Requests.invalid(
                  Reason.ARGUMENT_MISSING,
                  "path",
                  "there is neither a path nor an asset_id",
                  "name what is to be proven");
        };
    Replies.send(
        observer,
        ProveEntryResponse.newBuilder()
            .setSnapshotId(snapshot.id().hex())
            .setProof(UnsafeByteOperations.unsafeWrap(proof))
            .build());
  }

  @Override
  public void log(LogRequest request, StreamObserver<LogResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit =
        Requests.limit("page_size", request.getPageSize(), Limits.PAGE_DEFAULT, SNAPSHOTS_MAX);
    Optional<LogPlace> after = PageToken.LOG.decode(request.getPageToken()).map(LogPlace::parse);
    Scope scope = Scope.current();
    scope.requireAllContent();
    // The first page fixes where the log begins, so that a branch that moves does not shift it. A
    // token that is held to refs is not held to them by a page token, which anybody can make.
    SnapshotId from =
        after
            .filter(_ -> scope.isWhole())
            .map(LogPlace::from)
            .orElseGet(() -> snapshot(namespace, request.getRef()).id());
    TreePath path = scope.within(Requests.path("path", request.getPath()));
    List<VerifiedSnapshot> found =
        history.log().log(namespace, from, path, after.map(LogPlace::last), limit + 1);
    LogResponse.Builder reply = LogResponse.newBuilder();
    page(found, limit).forEach(one -> reply.addSnapshots(info(one)));
    if (found.size() > limit) {
      reply.setNextPageToken(
          PageToken.LOG.encode(new LogPlace(from, found.get(limit - 1).id()).toString()));
    }
    Replies.send(observer, reply.build());
  }

  /** Where a page of a log ended. */
  private record LogPlace(SnapshotId from, SnapshotId last) {
    static LogPlace parse(String text) {
      return Requests.parsed(
          Reason.ARGUMENT_INVALID,
          "page_token",
          TOKEN_HINT,
          () -> {
            int middle = text.length() / 2;
            return new LogPlace(
                new SnapshotId(text.substring(0, middle)), new SnapshotId(text.substring(middle)));
          });
    }

    @Override
    public String toString() {
      return from.hex() + last.hex();
    }
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit =
        Requests.limit("page_size", request.getPageSize(), ENTRIES_DEFAULT, Limits.PAGE_MAX);
    Scope scope = Scope.current();
    scope.requireAllContent();
    if (request.getUnnamed()) {
      scope.requireWholeRefs();
    }
    DiffService.Question question =
        new DiffService.Question(
            request.getFrom().isEmpty()
                ? Optional.empty()
                : Optional.of(Requests.ref("from", request.getFrom())),
            Requests.ref("to", request.getTo()),
            scope.within(Requests.path("path", request.getPath())),
            request.getAttributes(),
            request.getUnnamed());
    question.from().ifPresent(scope::requireRef);
    scope.requireRef(question.to());
    DiffService.Differences found =
        history
            .diff()
            .diff(namespace, question, place(PageToken.DIFF, request.getPageToken()), limit);
    DiffResponse.Builder reply = DiffResponse.newBuilder();
    found.changes().forEach(change -> reply.addChanges(HistoryWire.change(change)));
    found.from().ifPresent(id -> reply.setFromSnapshotId(id.hex()));
    found.to().ifPresent(id -> reply.setToSnapshotId(id.hex()));
    if (found.more()) {
      DiffService.Change last = found.changes().getLast();
      reply.setNextPageToken(
          PageToken.DIFF.encode(
              AssetSnapshots.text(
                  new AssetSnapshots.Position(last.unnamed(), last.difference().path()))));
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void merge(MergeRequest request, StreamObserver<MergeResponse> observer) {
    Replies.send(observer, merges.merge(request));
  }

  @Override
  public void revert(RevertRequest request, StreamObserver<MergeResponse> observer) {
    Replies.send(observer, merges.revert(request));
  }

  @Override
  public void checkout(CheckoutRequest request, StreamObserver<CheckoutResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    TreePath path = Requests.path("path", request.getPath());
    TreePath to =
        request.getToPath().isEmpty() ? path : Requests.path("to_path", request.getToPath());
    Name branch = Requests.branch(request.getBranch());
    Ref ref = Requests.ref("ref", request.getRef());
    Scope scope = Scope.current();
    scope.requireRef(ref);
    scope.requireChange(branch, List.of(path, to));
    TreeService.Change restored =
        history
            .checkouts()
            .checkout(
                namespace,
                branch,
                ref,
                path,
                to,
                Requests.writeRequest(
                    request.getRequestId(), namespace.name(), "Checkout", request));
    Replies.send(
        observer,
        CheckoutResponse.newBuilder()
            .setEntries(restored.entries())
            .setVersion(restored.version())
            .build());
  }
}

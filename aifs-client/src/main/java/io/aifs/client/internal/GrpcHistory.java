package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.client.DiffOptions;
import io.aifs.client.History;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathDifference;
import io.aifs.client.SnapshotCheck;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.CheckoutResponse;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.ListSnapshotAssetsRequest;
import io.aifs.proto.v1.ListSnapshotsRequest;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.TakeSnapshotRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Snapshots over the service History. */
final class GrpcHistory implements History {
  private final Caller caller;
  private final Name namespace;
  private final SnapshotCheck check;

  /**
   * @param check what every snapshot must pass before it is given to anyone
   */
  GrpcHistory(Caller caller, Name namespace, SnapshotCheck check) {
    this.caller = caller;
    this.namespace = namespace;
    this.check = check;
  }

  private SnapshotSummary checked(SnapshotSummary snapshot) {
    check.check(snapshot);
    return snapshot;
  }

  private Stream<SnapshotSummary> checked(Stream<SnapshotSummary> snapshots) {
    return snapshots.map(this::checked);
  }

  private static Pages.Page<SnapshotSummary> page(
      String token, List<SnapshotInfo> snapshots, String next) {
    return Pages.Page.of(token, snapshots.stream().map(HistoryWire::snapshot).toList(), next);
  }

  @Override
  public Taken take(Name branch, SnapshotOptions options) {
    Taken taken =
        caller.change(
            HistoryGrpc.getTakeSnapshotMethod(),
            requestId ->
                TakeSnapshotRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setBranch(branch.value())
                    .setMessage(options.message())
                    .setAuthor(options.author())
                    .putAllMetadata(options.metadata())
                    .setExpectedSnapshotId(text(options.expected()))
                    .setAllowUnchanged(options.allowUnchanged())
                    .setRequestId(requestId)
                    .build(),
            response -> new Taken(HistoryWire.snapshot(response), response.getUnchanged()));
    check.check(taken.snapshot());
    return taken;
  }

  private static String text(Optional<SnapshotId> id) {
    return id.map(SnapshotId::hex).orElse("");
  }

  @Override
  public SnapshotSummary describe(Ref ref) {
    DescribeSnapshotRequest request =
        DescribeSnapshotRequest.newBuilder()
            .setNamespace(namespace.value())
            .setRef(ref.toString())
            .build();
    SnapshotSummary snapshot =
        caller.ask(
            HistoryGrpc.getDescribeSnapshotMethod(),
            request,
            response -> asked(ref, HistoryWire.snapshot(response)));
    return checked(snapshot);
  }

  /** Another snapshot may be well signed, and is not what was asked for. */
  private static SnapshotSummary asked(Ref ref, SnapshotSummary snapshot) {
    if (ref instanceof Ref.Snapshot(SnapshotId id) && !snapshot.id().equals(id)) {
      throw new IllegalArgumentException("it is about snapshot " + snapshot.id());
    }
    return snapshot;
  }

  @Override
  public Stream<SnapshotSummary> list() {
    return checked(
        Pages.stream(
            token ->
                caller.ask(
                    HistoryGrpc.getListSnapshotsMethod(),
                    ListSnapshotsRequest.newBuilder()
                        .setNamespace(namespace.value())
                        .setPageToken(token)
                        .build(),
                    response ->
                        page(token, response.getSnapshotsList(), response.getNextPageToken()))));
  }

  @Override
  public Stream<Digest> assets(Ref ref) {
    return Pages.stream(
        token ->
            caller.ask(
                HistoryGrpc.getListSnapshotAssetsMethod(),
                ListSnapshotAssetsRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setRef(ref.toString())
                    .setPageToken(token)
                    .build(),
                response ->
                    Pages.Page.of(
                        token,
                        response.getAssetIdsList().stream().map(Digest::parse).toList(),
                        response.getNextPageToken())));
  }

  @Override
  public Verdict check(Ref ref, Optional<byte[]> publicKey) {
    CheckSnapshotRequest request =
        CheckSnapshotRequest.newBuilder()
            .setNamespace(namespace.value())
            .setRef(ref.toString())
            .setPublicKey(publicKey.map(ByteString::copyFrom).orElse(ByteString.EMPTY))
            .build();
    return caller.ask(HistoryGrpc.getCheckSnapshotMethod(), request, HistoryWire::verdict);
  }

  @Override
  public Proof prove(Ref ref, Subject subject) {
    ProveEntryRequest.Builder request =
        ProveEntryRequest.newBuilder().setNamespace(namespace.value()).setRef(ref.toString());
    switch (subject) {
      case Subject.OfPath(TreePath path) -> request.setPath(path.value());
      case Subject.OfUnnamed(Digest asset) -> request.setAssetId(asset.hex());
    }
    return caller.ask(
        HistoryGrpc.getProveEntryMethod(),
        request.build(),
        response ->
            new Proof(new SnapshotId(response.getSnapshotId()), response.getProof().toByteArray()));
  }

  @Override
  public Stream<SnapshotSummary> log(Ref ref, TreePath path) {
    return checked(
        Pages.stream(
            token ->
                caller.ask(
                    HistoryGrpc.getLogMethod(),
                    LogRequest.newBuilder()
                        .setNamespace(namespace.value())
                        .setRef(ref.toString())
                        .setPath(path.value())
                        .setPageToken(token)
                        .build(),
                    response ->
                        page(token, response.getSnapshotsList(), response.getNextPageToken()))));
  }

  @Override
  public Differences diff(DiffOptions options) {
    return caller.ask(
        HistoryGrpc.getDiffMethod(),
        request(options, ""),
        response ->
            new Differences(
                HistoryWire.id(response.getFromSnapshotId()),
                HistoryWire.id(response.getToSnapshotId()),
                Pages.stream(page("", response), token -> ask(options, token))));
  }

  private Pages.Page<PathDifference> ask(DiffOptions options, String token) {
    return caller.ask(
        HistoryGrpc.getDiffMethod(), request(options, token), response -> page(token, response));
  }

  private static Pages.Page<PathDifference> page(String token, DiffResponse response) {
    return Pages.Page.of(
        token,
        response.getChangesList().stream().map(HistoryWire::difference).toList(),
        response.getNextPageToken());
  }

  private DiffRequest request(DiffOptions options, String token) {
    return DiffRequest.newBuilder()
        .setNamespace(namespace.value())
        .setFrom(options.from().map(Ref::toString).orElse(""))
        .setTo(options.to().toString())
        .setPath(options.path().value())
        .setAttributes(options.attributes())
        .setUnnamed(options.unnamed())
        .setPageToken(token)
        .build();
  }

  @Override
  public MergeOutcome merge(Name into, Ref from, MergeOptions options) {
    return checked(
        caller.change(
            HistoryGrpc.getMergeMethod(),
            requestId ->
                MergeRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setIntoBranch(into.value())
                    .setFrom(from.toString())
                    .setChoice(HistoryWire.toWire(options.choice()))
                    .putAllChoices(
                        options.choices().entrySet().stream()
                            .collect(
                                Collectors.toMap(
                                    entry -> entry.getKey().value(),
                                    entry -> HistoryWire.toWire(entry.getValue()))))
                    .setDryRun(options.dryRun())
                    .setNoFastForward(options.ownSnapshot())
                    .setAllowUnrelated(options.allowUnrelated())
                    .setMessage(options.message())
                    .setAuthor(options.author())
                    .setExpectedSnapshotId(text(options.expected()))
                    .setRequestId(requestId)
                    .build(),
            HistoryWire::merge));
  }

  private MergeOutcome checked(MergeOutcome outcome) {
    outcome.snapshot().ifPresent(check::check);
    return outcome;
  }

  @Override
  public MergeOutcome revert(Name branch, Ref ref, MergeOptions options) {
    return checked(
        caller.change(
            HistoryGrpc.getRevertMethod(),
            requestId ->
                RevertRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setBranch(branch.value())
                    .setRef(ref.toString())
                    .setChoice(HistoryWire.toWire(options.choice()))
                    .setDryRun(options.dryRun())
                    .setMessage(options.message())
                    .setAuthor(options.author())
                    .setExpectedSnapshotId(text(options.expected()))
                    .setRequestId(requestId)
                    .build(),
            HistoryWire::merge));
  }

  @Override
  public long checkout(Name branch, TreePath to, Ref ref, TreePath from) {
    if (to.isRoot() && !from.isRoot()) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to_path",
          "'" + from + "' cannot become all of a branch",
          "name the path that it shall have there, or check out everything");
    }
    return caller.change(
        HistoryGrpc.getCheckoutMethod(),
        requestId ->
            CheckoutRequest.newBuilder()
                .setNamespace(namespace.value())
                .setBranch(branch.value())
                .setRef(ref.toString())
                .setPath(from.value())
                .setToPath(to.equals(from) ? "" : to.value())
                .setRequestId(requestId)
                .build(),
        CheckoutResponse::getEntries);
  }

  @Override
  public void prune(SnapshotId id) {
    caller.ask(
        AdminGrpc.getPruneSnapshotMethod(),
        PruneSnapshotRequest.newBuilder()
            .setNamespace(namespace.value())
            .setSnapshotId(id.hex())
            .build(),
        response -> response);
  }
}

package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CancelJobRequest;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.CollectResponse;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.JobInfo;
import io.aifs.proto.v1.ListJobsRequest;
import io.aifs.proto.v1.ListJobsResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.RunJobRequest;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.proto.v1.UndoCollectionResponse;
import io.aifs.proto.v1.VerifyRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.Sample;
import io.aifs.server.grpc.flow.FrameSender;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** {@code aifs.v1.Maintenance}: what the store holds, and whether it is whole. */
final class MaintenanceGrpcService extends MaintenanceGrpc.MaintenanceImplBase {
  private final CheckService checks;
  private final CollectionCalls collections;
  private final ScopedReads paths;
  private final Namespaces namespaces;
  private final Streams streams;
  private final StatusCalls status;
  private final JobCalls jobs;

  MaintenanceGrpcService(
      CheckService checks,
      CollectionCalls collections,
      ScopedReads paths,
      Namespaces namespaces,
      Streams streams,
      StatusCalls status,
      JobCalls jobs) {
    this.checks = checks;
    this.collections = collections;
    this.paths = paths;
    this.namespaces = namespaces;
    this.streams = streams;
    this.status = status;
    this.jobs = jobs;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
    Replies.send(observer, status.to(CallScope.current().caller(), jobs));
  }

  @Override
  public void verify(VerifyRequest request, StreamObserver<CheckResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    if (request.getSampleShare() != 0) {
      Scope.current().requireWhole();
      verifySample(namespace, request, observer);
      return;
    }
    Ref ref = Requests.ref("branch", request.getBranch());
    List<Digest> ids = new ArrayList<>(Requests.assetIds("asset_ids", request.getAssetIdsList()));
    List<TreePath> wanted = Requests.paths("paths", request.getPathsList());
    requireNamed(namespace, ids, wanted);
    if (!wanted.isEmpty()) {
      ids.addAll(
          paths.read(
              namespace,
              ref,
              queries -> wanted.stream().map(path -> queries.requireFile(path).asset()).toList()));
    }
    streams.run(
        observer,
        sender -> {
          CheckTally tally = checks.verify(namespace, ids, Reporter.to(sender));
          sender.send(CheckResponse.newBuilder().setSummary(Wire.summary(tally)).build());
        });
  }

  /** Returns if the call's token lets its holder read all of it, or everything. */
  private void requireNamed(NamespaceRow namespace, List<Digest> ids, List<TreePath> wanted) {
    Scope scope = Scope.current();
    if (ids.isEmpty() && wanted.isEmpty()) {
      scope.requireWhole();
    }
    scope.requirePaths(wanted);
    for (Digest id : ids) {
      paths.requireReadable(namespace, id, "", "");
    }
  }

  private void verifySample(
      NamespaceRow namespace, VerifyRequest request, StreamObserver<CheckResponse> observer) {
    if (request.getAssetIdsCount() + request.getPathsCount() > 0) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "sample_share",
          "a sample is of the whole namespace, but assets are named",
          "leave out either");
    }
    Sample sample = checks.sample(request.getSampleShare(), request.getSampleSeed());
    streams.run(
        observer,
        sender -> {
          CheckTally tally = checks.verifySample(namespace, sample, Reporter.to(sender));
          sender.send(
              CheckResponse.newBuilder()
                  .setSummary(Wire.summary(tally).toBuilder().setSampleSeed(sample.seed()))
                  .build());
        });
  }

  @Override
  public void fsck(FsckRequest request, StreamObserver<CheckResponse> observer) {
    CheckOptions options = new CheckOptions(request.getReadData(), request.getRepair());
    streams.run(
        observer,
        sender -> {
          CheckTally tally = checks.fsck(options, Reporter.to(sender));
          sender.send(CheckResponse.newBuilder().setSummary(Wire.summary(tally)).build());
        });
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
    Replies.send(observer, jobs.list());
  }

  @Override
  public void runJob(RunJobRequest request, StreamObserver<JobInfo> observer) {
    Replies.send(observer, jobs.run(request.getName()));
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<JobInfo> observer) {
    Replies.send(observer, jobs.cancel(request.getName()));
  }

  @Override
  public void collect(CollectRequest request, StreamObserver<CollectResponse> observer) {
    collections.collect(request, observer);
  }

  @Override
  public void undoCollection(
      UndoCollectionRequest request, StreamObserver<UndoCollectionResponse> observer) {
    collections.undo(request, observer);
  }

  /** Sends what a check says while it runs; a client that went away ends the check. */
  private record Reporter(FrameSender<CheckResponse> sender, boolean whole)
      implements CheckListener {
    /** For the call that this thread works for. */
    static Reporter to(FrameSender<CheckResponse> sender) {
      return new Reporter(sender, Scope.current().isWhole());
    }

    @Override
    public void finding(Finding finding) {
      io.aifs.proto.v1.Finding told = Wire.finding(finding);
      sender.send(
          CheckResponse.newBuilder().setFinding(whole ? told : withoutPlaces(told)).build());
    }

    /** Other paths that name the asset, and the pack, are nothing to a restricted token. */
    private static io.aifs.proto.v1.Finding withoutPlaces(io.aifs.proto.v1.Finding told) {
      return told.toBuilder().clearPaths().clearMorePaths().clearPackId().build();
    }

    @Override
    public void progress(CheckTally soFar) {
      sender.send(CheckResponse.newBuilder().setProgress(Wire.summary(soFar)).build());
    }
  }
}

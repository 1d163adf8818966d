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
import io.aifs.server.engine.DiskSpace;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.Sample;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.history.PathReads;
import io.aifs.server.grpc.flow.FrameSender;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code aifs.v1.Maintenance}: what the store holds, and whether it is whole. */
final class MaintenanceGrpcService extends MaintenanceGrpc.MaintenanceImplBase {
  private final CheckService checks;
  private final CollectionCalls collections;
  private final PathReads paths;
  private final Namespaces namespaces;
  private final Streams streams;
  private final ServerStatus status;
  private final JobCalls jobs;

  MaintenanceGrpcService(
      CheckService checks,
      CollectionCalls collections,
      PathReads paths,
      Namespaces namespaces,
      Streams streams,
      ServerStatus status,
      JobCalls jobs) {
    this.checks = checks;
    this.collections = collections;
    this.paths = paths;
    this.namespaces = namespaces;
    this.streams = streams;
    this.status = status;
    this.jobs = jobs;
  }

  /** What a server says of itself now. */
  record ServerStatus(EdgeFacts facts, StatusService store, Supplier<List<String>> addresses) {}

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
    StatusService.Status store = status.store().status();
    Optional<DiskSpace> disk = status.store().disk();
    Replies.send(
        observer,
        GetStatusResponse.newBuilder()
            .setVersion(status.facts().version())
            .setStoreId(store.storeId())
            .setFormatVersion(store.formatVersion())
            .setDevMode(status.facts().dev())
            .setUptimeMillis(store.uptime().toMillis())
            .setNamespaces(store.namespaces())
            .setAssets(store.assets())
            .setContentBytes(store.contentBytes())
            .setPackBytes(store.space().packBytes())
            .setCatalogBytes(store.catalogBytes())
            .addAllAddresses(status.addresses().get())
            .setDiskFreeBytes(disk.map(DiskSpace::freeBytes).orElse(0L))
            .setDiskTotalBytes(disk.map(DiskSpace::totalBytes).orElse(0L))
            .addAllFailingJobs(jobs.failing())
            .setQuarantinedPacks(store.quarantinedPacks())
            .setDamagedRecords(store.damagedRecords())
            .setCondemnedBytes(store.space().condemnedBytes())
            .setCondemnedUntilMillis(
                store.space().condemnedUntil().map(Instant::toEpochMilli).orElse(0L))
            .setOrphanBytes(store.space().orphanBytes())
            .setReserveBytes(disk.map(DiskSpace::reserveBytes).orElse(0L))
            .build());
  }

  @Override
  public void verify(VerifyRequest request, StreamObserver<CheckResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    if (request.getSampleShare() != 0) {
      verifySample(namespace, request, observer);
      return;
    }
    Ref ref = Requests.ref("branch", request.getBranch());
    List<Digest> ids = new ArrayList<>(Requests.assetIds("asset_ids", request.getAssetIdsList()));
    List<TreePath> wanted = Requests.paths("paths", request.getPathsList());
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
          CheckTally tally = checks.verify(namespace, ids, new Reporter(sender));
          sender.send(CheckResponse.newBuilder().setSummary(Wire.summary(tally)).build());
        });
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
          CheckTally tally = checks.verifySample(namespace, sample, new Reporter(sender));
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
          CheckTally tally = checks.fsck(options, new Reporter(sender));
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
  private record Reporter(FrameSender<CheckResponse> sender) implements CheckListener {
    @Override
    public void finding(Finding finding) {
      sender.send(CheckResponse.newBuilder().setFinding(Wire.finding(finding)).build());
    }

    @Override
    public void progress(CheckTally soFar) {
      sender.send(CheckResponse.newBuilder().setProgress(Wire.summary(soFar)).build());
    }
  }
}

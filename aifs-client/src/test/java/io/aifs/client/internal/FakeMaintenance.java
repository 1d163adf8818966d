package io.aifs.client.internal;

import io.aifs.proto.v1.CancelJobRequest;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.CollectResponse;
import io.aifs.proto.v1.CollectionSummary;
import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthCheckResponse;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.IntrospectResponse;
import io.aifs.proto.v1.JobInfo;
import io.aifs.proto.v1.ListJobsRequest;
import io.aifs.proto.v1.ListJobsResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.proto.v1.RunJobRequest;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.proto.v1.UndoCollectionResponse;
import io.aifs.proto.v1.VerifyRequest;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that is well, and whose checks tell what a test says. */
final class FakeMaintenance {
  /** One check: what it tells, and how it fails after that. */
  record Check(List<CheckResponse> tells, Optional<RuntimeException> failure) {}

  final List<Object> requests = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<Check> checks = new LinkedBlockingQueue<>();

  BindableService[] services() {
    return new BindableService[] {
      new Checks(), new Health(), new Introspect(), new Metrics(), new Format()
    };
  }

  private <R> void answer(Object request, StreamObserver<R> responses, R response) {
    requests.add(request);
    responses.onNext(response);
    responses.onCompleted();
  }

  private void check(Object request, StreamObserver<CheckResponse> responses) {
    requests.add(request);
    Check check = checks.remove();
    check.tells().forEach(responses::onNext);
    check.failure().ifPresentOrElse(responses::onError, responses::onCompleted);
  }

  private final class Checks extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> responses) {
      answer(
          request,
          responses,
          GetStatusResponse.newBuilder()
              .setVersion("0.1.0")
              .setStoreId("store")
              .setFormatVersion(1)
              .setDevMode(true)
              .setUptimeMillis(2)
              .setNamespaces(3)
              .setAssets(4)
              .setContentBytes(5)
              .setPackBytes(6)
              .setCatalogBytes(7)
              .addAddresses("127.0.0.1:50051")
              .setDiskFreeBytes(8)
              .setDiskTotalBytes(9)
              .addFailingJobs("scrub")
              .setQuarantinedPacks(10)
              .setDamagedRecords(11)
              .setCondemnedBytes(2)
              .setCondemnedUntilMillis(9)
              .setOrphanBytes(1)
              .setReserveBytes(12)
              .build());
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> responses) {
      answer(
          request,
          responses,
          ListJobsResponse.newBuilder()
              .addJobs(
                  JobInfo.newBuilder()
                      .setName("scrub")
                      .setState(JobInfo.State.RETRYING)
                      .setIntervalMillis(1_000)
                      .setLastStartMillis(2_000)
                      .setLastDurationMillis(3)
                      .setLastFailureMillis(4_000)
                      .setLastError("bad")
                      .setFailures(5)
                      .setNextRunMillis(6_000))
              .build());
    }

    @Override
    public void runJob(RunJobRequest request, StreamObserver<JobInfo> responses) {
      answer(request, responses, JobInfo.newBuilder().setState(JobInfo.State.RUNNING).build());
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<JobInfo> responses) {
      answer(request, responses, JobInfo.newBuilder().setStateValue(99).build());
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<CheckResponse> responses) {
      check(request, responses);
    }

    @Override
    public void fsck(FsckRequest request, StreamObserver<CheckResponse> responses) {
      check(request, responses);
    }

    @Override
    public void collect(CollectRequest request, StreamObserver<CollectResponse> responses) {
      requests.add(request);
      CollectionSummary.Builder summary = CollectionSummary.newBuilder().setAssets(1);
      responses.onNext(CollectResponse.newBuilder().setProgress(summary).build());
      responses.onNext(CollectResponse.getDefaultInstance());
      if (request.getGraceMillis() != 1) {
        summary.setAssets(2).setFreedBytes(10).setOpenUploads(14);
        responses.onNext(CollectResponse.newBuilder().setSummary(summary).build());
      }
      responses.onCompleted();
    }

    @Override
    public void undoCollection(
        UndoCollectionRequest request, StreamObserver<UndoCollectionResponse> responses) {
      answer(request, responses, UndoCollectionResponse.newBuilder().setRecords(3).build());
    }
  }

  private final class Health extends HealthGrpc.HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> responses) {
      answer(
          request,
          responses,
          HealthCheckResponse.newBuilder().setHealthy(true).setStatus("ok").build());
    }
  }

  private final class Introspect extends IntrospectGrpc.IntrospectImplBase {
    @Override
    public void getInfo(IntrospectRequest request, StreamObserver<IntrospectResponse> responses) {
      answer(
          request,
          responses,
          IntrospectResponse.newBuilder()
              .setVersion("0.1.0")
              .setConfig("{}")
              .addFeatures("zstd")
              .build());
    }
  }

  private final class Metrics extends MetricsGrpc.MetricsImplBase {
    @Override
    public void getMetrics(MetricsRequest request, StreamObserver<MetricsResponse> responses) {
      answer(
          request, responses, MetricsResponse.newBuilder().setPrometheusMetrics("up 1\n").build());
    }
  }

  private final class Format extends FormatGrpc.FormatImplBase {
    @Override
    public void formatStorage(FormatRequest request, StreamObserver<FormatResponse> responses) {
      answer(
          request,
          responses,
          FormatResponse.newBuilder().setLog("dry run: " + request.getDryRun()).build());
    }
  }
}

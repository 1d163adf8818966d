package io.aifs.client.internal;

import io.aifs.client.Maintenance;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.proto.v1.UndoCollectionResponse;
import io.aifs.proto.v1.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The store over the services Health, Introspect, Metrics, Format and Maintenance. */
final class GrpcMaintenance implements Maintenance {
  private final Caller caller;
  private final Name namespace;

  GrpcMaintenance(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Health health() {
    return caller.ask(
        HealthGrpc.getCheckMethod(),
        HealthCheckRequest.getDefaultInstance(),
        response -> new Health(response.getHealthy(), response.getStatus()));
  }

  @Override
  public StoreStatus status() {
    return caller.ask(
        MaintenanceGrpc.getGetStatusMethod(),
        GetStatusRequest.getDefaultInstance(),
        GrpcMaintenance::status);
  }

  private static StoreStatus status(GetStatusResponse response) {
    return new StoreStatus(
        response.getVersion(),
        response.getStoreId(),
        response.getFormatVersion(),
        response.getDevMode(),
        response.getUptimeMillis(),
        response.getNamespaces(),
        response.getAssets(),
        response.getContentBytes(),
        response.getPackBytes(),
        response.getCatalogBytes(),
        response.getAddressesList(),
        response.getDiskFreeBytes(),
        response.getDiskTotalBytes(),
        response.getFailingJobsList(),
        response.getQuarantinedPacks(),
        response.getDamagedRecords(),
        response.getCondemnedBytes(),
        response.getCondemnedUntilMillis() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(response.getCondemnedUntilMillis())),
        response.getOrphanBytes(),
        response.getReserveBytes(),
        response.getPartial());
  }

  @Override
  public ServerInfo info() {
    return caller.ask(
        IntrospectGrpc.getGetInfoMethod(),
        IntrospectRequest.getDefaultInstance(),
        response ->
            new ServerInfo(
                response.getVersion(), response.getConfig(), response.getFeaturesList()));
  }

  @Override
  public String metrics() {
    return caller.ask(
        MetricsGrpc.getGetMetricsMethod(),
        MetricsRequest.getDefaultInstance(),
        MetricsResponse::getPrometheusMetrics);
  }

  @Override
  public String format(boolean dryRun) {
    return caller.ask(
        FormatGrpc.getFormatStorageMethod(),
        FormatRequest.newBuilder().setDryRun(dryRun).build(),
        FormatResponse::getLog);
  }

  @Override
  public CheckSummary verify(
      List<Digest> ids, Name branch, List<TreePath> paths, Consumer<CheckEvent> listener) {
    VerifyRequest request =
        VerifyRequest.newBuilder()
            .setNamespace(namespace.value())
            .setBranch(branch.value())
            .addAllAssetIds(ids.stream().map(Digest::hex).toList())
            .addAllPaths(paths.stream().map(TreePath::value).toList())
            .build();
    return new CheckRun<>(caller, MaintenanceGrpc.getVerifyMethod(), request, listener).run();
  }

  @Override
  public CheckSummary verifySample(double share, OptionalLong seed, Consumer<CheckEvent> listener) {
    VerifyRequest request =
        VerifyRequest.newBuilder()
            .setNamespace(namespace.value())
            .setSampleShare(share)
            .setSampleSeed(seed.orElse(0))
            .build();
    return new CheckRun<>(caller, MaintenanceGrpc.getVerifyMethod(), request, listener).run();
  }

  @Override
  public CheckSummary fsck(boolean readData, boolean repair, Consumer<CheckEvent> listener) {
    FsckRequest request = FsckRequest.newBuilder().setReadData(readData).setRepair(repair).build();
    return new CheckRun<>(caller, MaintenanceGrpc.getFsckMethod(), request, listener).run();
  }

  @Override
  public Collection collect(boolean dryRun, Duration grace, Consumer<Collection> listener) {
    CollectRequest request =
        CollectRequest.newBuilder().setDryRun(dryRun).setGraceMillis(grace.toMillis()).build();
    return new CollectRun(caller, request, listener).run();
  }

  @Override
  public long undoCollection() {
    return undo(UndoCollectionRequest.getDefaultInstance());
  }

  @Override
  public void revive(Digest id) {
    long _ =
        undo(
            UndoCollectionRequest.newBuilder()
                .setNamespace(namespace.value())
                .setAssetId(id.hex())
                .build());
  }

  private long undo(UndoCollectionRequest request) {
    return caller.ask(
        MaintenanceGrpc.getUndoCollectionMethod(), request, UndoCollectionResponse::getRecords);
  }
}

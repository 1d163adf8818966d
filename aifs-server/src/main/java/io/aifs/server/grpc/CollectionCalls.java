package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.CollectResponse;
import io.aifs.proto.v1.CollectionSummary;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.proto.v1.UndoCollectionResponse;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.ReviveService;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** The calls of {@code aifs.v1.Maintenance} about collection. */
final class CollectionCalls {
  /** How long a call waits for uploads that keep what was condemned before it came. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long GRACE_MILLIS_MAX = Duration.ofDays(3_650).toMillis();

  private final CollectionService collections;
  private final ReviveService revivals;
  private final Namespaces namespaces;
  private final Streams streams;

  CollectionCalls(
      CollectionService collections,
      ReviveService revivals,
      Namespaces namespaces,
      Streams streams) {
    this.collections = collections;
    this.revivals = revivals;
    this.namespaces = namespaces;
    this.streams = streams;
  }

  void collect(CollectRequest request, StreamObserver<CollectResponse> observer) {
    long graceMillis = request.getGraceMillis();
    if (graceMillis < 0 || graceMillis > GRACE_MILLIS_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "grace_millis",
          "grace is outside 0.." + GRACE_MILLIS_MAX + " ms: " + graceMillis,
          "give a time of up to ten years");
    }
    streams.run(
        observer,
        sender -> {
          CollectionListener progress =
              (_, soFar) ->
                  sender.send(CollectResponse.newBuilder().setProgress(summary(soFar)).build());
          CollectionReport report =
              request.getDryRun()
                  ? collections.plan(progress)
                  : collections.run(Duration.ofMillis(graceMillis), PATIENCE, progress);
          sender.send(CollectResponse.newBuilder().setSummary(summary(report)).build());
        });
  }

  void undo(UndoCollectionRequest request, StreamObserver<UndoCollectionResponse> observer) {
    long records = 0;
    if (request.getAssetId().isEmpty()) {
      CallScope.current().caller().requireWholeStore();
      records = collections.undo();
    } else {
      Digest id = Requests.assetId("asset_id", request.getAssetId());
      revivals.revive(namespaces.of(request.getNamespace()), id);
    }
    Replies.send(observer, UndoCollectionResponse.newBuilder().setRecords(records).build());
  }

  private static CollectionSummary summary(CollectionReport report) {
    return CollectionSummary.newBuilder()
        .setAssets(report.assets())
        .setRecords(report.records())
        .setRecordBytes(report.recordBytes())
        .setCondemnedRecords(report.condemnedRecords())
        .setCondemnedBytes(report.condemnedBytes())
        .setRescuedRecords(report.rescuedRecords())
        .setPacksDropped(report.packsDropped())
        .setPacksRewritten(report.packsRewritten())
        .setPacksDamaged(report.packsDamaged())
        .setFreedBytes(report.freedBytes())
        .setOrphans(report.orphans())
        .setOrphanBytes(report.orphanBytes())
        .setPendingBytes(report.pendingBytes())
        .setOpenUploads(report.openUploads())
        .build();
  }
}

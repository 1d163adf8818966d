package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import io.aifs.proto.v1.CreateSnapshotRequest;
import io.aifs.proto.v1.CreateSnapshotResponse;
import io.aifs.proto.v1.GetSnapshotRequest;
import io.aifs.proto.v1.GetSnapshotResponse;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.PruneSnapshotResponse;
import io.aifs.proto.v1.VerifySnapshotRequest;
import io.aifs.proto.v1.VerifySnapshotResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.history.AssetSnapshots;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.SnapshotChecks;
import io.aifs.server.engine.history.TakeOrder;
import io.aifs.server.engine.history.VerifiedSnapshot;
import io.aifs.server.grpc.gate.CallScope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls of {@code aifs.v1.AIFS} and {@code Admin} about snapshots. Thread-safe. */
final class SnapshotCalls {
  /** Ids in one request: what fits into a message anyway, and a bound on the work. */
  private static final int IDS_MAX = 1_000_000;

  private final History history;
  private final Namespaces namespaces;

  SnapshotCalls(History history, Namespaces namespaces) {
    this.history = history;
    this.namespaces = namespaces;
  }

  CreateSnapshotResponse create(CreateSnapshotRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    VerifiedSnapshot made =
        request.getAssetIdsCount() == 0 ? ofMain(namespace, request) : ofAssets(namespace, request);
    return CreateSnapshotResponse.newBuilder()
        .setSnapshotId(made.id().hex())
        .setMerkleRoot(made.roots().merkleRoot().hex())
        .build();
  }

  private VerifiedSnapshot ofMain(NamespaceRow namespace, CreateSnapshotRequest request) {
    TakeOrder order =
        new TakeOrder(
            Name.MAIN_BRANCH,
            "",
            "",
            request.getMetadataMap(),
            Optional.empty(),
            true,
            CallScope.current().caller().family());
    return history.snapshots().take(namespace, order, Optional.empty()).snapshot();
  }

  private VerifiedSnapshot ofAssets(NamespaceRow namespace, CreateSnapshotRequest request) {
    if (request.getAssetIdsCount() > IDS_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "asset_ids",
          "asset_ids has " + request.getAssetIdsCount() + " entries, over " + IDS_MAX,
          "put the assets under paths, and take a snapshot of the branch");
    }
    List<Digest> ids = new ArrayList<>(request.getAssetIdsCount());
    for (String id : request.getAssetIdsList()) {
      ids.add(Requests.assetId("asset_ids[" + ids.size() + "]", id));
    }
    return history.assets().take(namespace, ids, request.getMetadataMap());
  }

  GetSnapshotResponse get(GetSnapshotRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    SnapshotId id = Requests.snapshotId("snapshot_id", request.getSnapshotId());
    VerifiedSnapshot snapshot = history.snapshots().get(namespace, id);
    List<AssetSnapshots.Member> members =
        history.assets().members(namespace, snapshot, Optional.empty(), Limits.LISTED_IDS_MAX + 1);
    boolean truncated = members.size() > Limits.LISTED_IDS_MAX;
    Set<String> ids = new LinkedHashSet<>();
    members.stream().limit(Limits.LISTED_IDS_MAX).forEach(member -> ids.add(member.asset().hex()));
    long count =
        truncated
            ? snapshot.roots().paths().entries() + snapshot.roots().unnamed().entries()
            : ids.size();
    return GetSnapshotResponse.newBuilder()
        .setSnapshotId(id.hex())
        .setNamespace(namespace.name().value())
        .setMerkleRoot(snapshot.roots().merkleRoot().hex())
        .setCreatedAt(Timestamps.format(snapshot.statement().createdAt()))
        .putAllMetadata(snapshot.statement().metadata())
        .addAllAssetIds(ids)
        .setUri("aifs-snap://" + id)
        .setTruncated(truncated)
        .setAssetCount(count)
        .build();
  }

  VerifySnapshotResponse verify(VerifySnapshotRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    SnapshotId id = Requests.snapshotId("snapshot_id", request.getSnapshotId());
    SnapshotChecks.Verdict verdict =
        history.checks().check(namespace, id, publicKey(request.getPublicKey()));
    return VerifySnapshotResponse.newBuilder()
        .setValid(verdict.valid())
        .setSignatureValid(verdict.signatureValid())
        .setMerkleRoot(verdict.row().roots().merkleRoot().hex())
        .setMessage(
            verdict.valid()
                ? "the snapshot is what was signed: " + verdict.entries() + " entries recomputed"
                : String.join("; ", verdict.problems()))
        .build();
  }

  static Optional<VerifyingKey> publicKey(ByteString value) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Requests.parsed(
                Reason.ARGUMENT_INVALID,
                "public_key",
                "send the 32 bytes of an Ed25519 public key, or leave it empty",
                () -> VerifyingKey.fromBytes(value.toByteArray())));
  }

  PruneSnapshotResponse prune(PruneSnapshotRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    history
        .snapshots()
        .prune(namespace, Requests.snapshotId("snapshot_id", request.getSnapshotId()));
    return PruneSnapshotResponse.newBuilder().setSuccess(true).build();
  }
}

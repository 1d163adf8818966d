package io.aifs.server.grpc;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.history.SnapshotService;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * {@code aifs.v1.Format}. A server that answers has a store already, so there is never anything to
 * initialise but the first snapshot of a store made by an earlier version; nothing is ever
 * destroyed.
 */
final class FormatGrpcService extends FormatGrpc.FormatImplBase {
  private final StatusService status;
  private final NamespaceService namespaces;
  private final SnapshotService snapshots;

  FormatGrpcService(StatusService status, NamespaceService namespaces, SnapshotService snapshots) {
    this.status = status;
    this.namespaces = namespaces;
    this.snapshots = snapshots;
  }

  @Override
  public void formatStorage(FormatRequest request, StreamObserver<FormatResponse> observer) {
    StatusService.Status now = status.status();
    String store =
        "store " + now.storeId() + " of format version " + now.formatVersion() + " is there";
    String log =
        request.getDryRun()
            ? store + "\ndry run: nothing would change\n"
            : store + "\nnothing was changed\n";
    NamespaceRow namespace = namespaces.require(Name.DEFAULT_NAMESPACE);
    Optional<SnapshotId> root =
        request.getDryRun()
            ? snapshots.findRoot(namespace)
            : Optional.of(snapshots.root(namespace));
    Replies.send(
        observer,
        FormatResponse.newBuilder()
            .setSuccess(true)
            .setRootSnapshotId(root.map(SnapshotId::hex).orElse(""))
            .setLog(log)
            .build());
  }
}

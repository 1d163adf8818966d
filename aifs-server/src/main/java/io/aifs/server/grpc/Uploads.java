package io.aifs.server.grpc;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.PutChunksResponse;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.transaction.TransactionService;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.StallWatch;
import io.aifs.server.grpc.flow.UploadSlots;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What all uploads share, and where they begin. Thread-safe. */
final class Uploads {
  /** The bits of a POSIX mode that tell the type of the file. */
  private static final int FILE_TYPE = 0170000;

  final AssetService assets;
  final TransactionService transactions;
  final Namespaces namespaces;
  final UploadSlots slots;
  final StallWatch stalls;
  final Executor executor;

  Uploads(
      AssetService assets,
      TransactionService transactions,
      Namespaces namespaces,
      UploadSlots slots,
      StallWatch stalls,
      Executor executor) {
    this.assets = assets;
    this.transactions = transactions;
    this.namespaces = namespaces;
    this.slots = slots;
    this.stalls = stalls;
    this.executor = executor;
  }

  StreamObserver<PutAssetRequest> begin(StreamObserver<PutAssetResponse> answer) {
    ServerCallStreamObserver<PutAssetResponse> out =
        (ServerCallStreamObserver<PutAssetResponse>) answer;
    out.disableAutoRequest();
    AssetUpload upload = new AssetUpload(this, out, CallCharge.current());
    out.request(1);
    return upload;
  }

  StreamObserver<PutChunksRequest> beginChunks(StreamObserver<PutChunksResponse> answer) {
    ServerCallStreamObserver<PutChunksResponse> out =
        (ServerCallStreamObserver<PutChunksResponse>) answer;
    out.disableAutoRequest();
    ChunkUpload upload = new ChunkUpload(this, out, CallCharge.current());
    out.setOnReadyHandler(upload::ready);
    out.request(1);
    return upload;
  }

  /** What the first message says besides the bytes, which the call's token must allow. */
  static PutHeader header(PutAssetRequest first) {
    PutHeader header =
        new PutHeader(
            Requests.kind(first.getKindValue()),
            first.getMetadataMap(),
            Requests.parents("parents", first.getParentsList()),
            Requests.embedding(first.getEmbedding()),
            placement(first));
    Scope.current().requirePut(header);
    return header;
  }

  private static Optional<PutHeader.Placement> placement(PutAssetRequest first) {
    if (first.getPath().isEmpty()) {
      return Optional.empty();
    }
    Name branch = Requests.branch(first.getBranch());
    TreePath path = Requests.path("path", first.getPath());
    int mode =
        first.getMode() == 0 ? FileAttributes.PLAIN_FILE.mode() : first.getMode() & ~FILE_TYPE;
    return Optional.of(
        new PutHeader.Placement(
            branch, path, Requests.attributes("mode", mode, first.getMtimeNanos())));
  }
}

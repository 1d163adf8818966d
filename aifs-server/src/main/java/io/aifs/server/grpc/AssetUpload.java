package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.grpc.flow.CallCharge;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One PutAsset call. A message is asked for only when the one before has been dealt with, so the
 * client is held back to the speed of the store.
 */
final class AssetUpload implements StreamObserver<PutAssetRequest> {
  private final Uploads shared;
  private final ServerCallStreamObserver<PutAssetResponse> out;
  private final UploadLife life;
  private final PutAnswers answers = PutAnswers.current();
  private @Nullable PutSession session;
  private Optional<WriteRequest> request = Optional.empty();

  AssetUpload(Uploads shared, ServerCallStreamObserver<PutAssetResponse> out, CallCharge charge) {
    this.shared = shared;
    this.out = out;
    this.life = new UploadLife(shared, charge, out::onError);
  }

  @Override
  public void onNext(PutAssetRequest message) {
    if (life.handle(() -> receive(session == null ? open(message) : session, message))) {
      out.request(1);
    }
  }

  private PutSession open(PutAssetRequest first) {
    NamespaceRow namespace = shared.namespaces.of(first.getNamespace());
    request =
        Requests.writeRequest(
            first.getRequestId(),
            namespace.name(),
            "PutAsset",
            first.toBuilder().clearChunks().build());
    PutHeader header = Uploads.header(first);
    Scope.current().requireAnyContent();
    PutSession opened =
        TransactionKeys.optional(namespace, first.getTransaction())
            .map(shared.transactions::puts)
            .map(target -> shared.assets.beginPut(namespace, header, answers.knows(), target))
            .orElseGet(() -> shared.assets.beginPut(namespace, header, answers.knows()));
    session = opened;
    life.holds(opened::close);
    return opened;
  }

  private void receive(PutSession open, PutAssetRequest message) {
    ContentSink sink = new ContentSink(open);
    for (Chunk chunk : message.getChunksList()) {
      life.received(chunk.getData().size());
      try {
        sink.accept(chunk.getData());
      } catch (IOException e) {
        throw new UncheckedIOException("the sink of an upload throws nothing of the kind", e);
      }
    }
  }

  @Override
  public void onCompleted() {
    life.finish(this::finish).ifPresent(result -> Replies.send(out, answers.of(result)));
  }

  private PutResult finish() {
    if (session == null) {
      throw Requests.invalid(
          Reason.STREAM_EMPTY,
          "chunks",
          "the stream ended without a message",
          "send at least one message; one without chunks puts empty content");
    }
    return session.finish(request);
  }

  @Override
  public void onError(Throwable cause) {
    life.end();
  }
}

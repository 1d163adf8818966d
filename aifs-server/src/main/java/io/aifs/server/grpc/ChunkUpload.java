package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ClaimedChunk;
import io.aifs.proto.v1.ContentChunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.PutChunksResponse;
import io.aifs.proto.v1.SentChunk;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.ChunkedPut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.grpc.flow.CallCharge;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One PutChunks call. A message is asked for only when the one before has been dealt with and the
 * client takes its answers, so neither side can be flooded.
 */
final class ChunkUpload implements StreamObserver<PutChunksRequest> {
  private final Uploads shared;
  private final ServerCallStreamObserver<PutChunksResponse> out;
  private final UploadLife life;
  private final Scope scope = Scope.current();
  private final PutAnswers answers = PutAnswers.current();
  private final AtomicBoolean wantsMore = new AtomicBoolean();
  private @Nullable ChunkedPut put;
  private Optional<WriteRequest> request = Optional.empty();
  private String assetId = "";

  ChunkUpload(Uploads shared, ServerCallStreamObserver<PutChunksResponse> out, CallCharge charge) {
    this.shared = shared;
    this.out = out;
    this.life = new UploadLife(shared, charge, out::onError);
  }

  @Override
  public void onNext(PutChunksRequest message) {
    if (life.handle(() -> receive(put == null ? open(message) : goingOn(put, message), message))) {
      wantsMore.set(true);
      ready();
    }
  }

  /** Asks for the next message if the client takes answers. */
  void ready() {
    if (out.isReady() && wantsMore.getAndSet(false)) {
      out.request(1);
    }
  }

  private ChunkedPut open(PutChunksRequest first) {
    PutAssetRequest header = first.getHeader();
    if (header.getChunksCount() > 0) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "header.chunks",
          "the header has chunks of PutAsset",
          "send content in the messages' own chunks");
    }
    NamespaceRow namespace = shared.namespaces.of(header.getNamespace());
    request = Requests.writeRequest(header.getRequestId(), namespace.name(), "PutChunks", header);
    PutHeader says = Uploads.header(header);
    ChunkedPut opened =
        TransactionKeys.optional(namespace, header.getTransaction())
            .map(shared.transactions::puts)
            .map(target -> shared.assets.beginChunks(namespace, says, answers.knows(), target))
            .orElseGet(() -> shared.assets.beginChunks(namespace, says, answers.knows()));
    put = opened;
    life.holds(opened::close);
    return opened;
  }

  private static ChunkedPut goingOn(ChunkedPut open, PutChunksRequest message) {
    if (message.hasHeader()) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "header",
          "a message that is not the first has a header",
          "send the header in the first message only");
    }
    return open;
  }

  private void receive(ChunkedPut open, PutChunksRequest message) {
    if (!assetId.isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "asset_id",
          "a message follows the one with the asset id",
          "send the id in the last message");
    }
    if (!message.getAsked().isEmpty()) {
      List<Digest> asked = Requests.digests("asked", message.getAsked());
      ByteString missing = Wire.bits(asked, open.ask(asked));
      out.onNext(PutChunksResponse.newBuilder().setMissing(missing).build());
    }
    for (ContentChunk chunk : message.getChunksList()) {
      receive(open, chunk);
    }
    assetId = message.getAssetId();
  }

  private void receive(ChunkedPut open, ContentChunk chunk) {
    switch (chunk.getChunkCase()) {
      case SENT -> {
        SentChunk sent = chunk.getSent();
        life.received(sent.getPlainBytes());
        byte[] payload = sent.getPayload().toByteArray();
        Codec codec =
            Requests.parsed(
                Reason.ARGUMENT_INVALID,
                "chunks.sent.codec",
                "send 0 for content as it is, 1 for a zstd frame, or a codec of the rules",
                () -> Codec.ofCode(sent.getCodec()));
        open.send(new Compressed(codec, payload, 0, payload.length), sent.getPlainBytes());
      }
      case CLAIMED -> {
        ClaimedChunk claimed = chunk.getClaimed();
        life.received(claimed.getPlainBytes());
        List<Digest> digest = Requests.digests("chunks.claimed.digest", claimed.getDigest());
        if (digest.size() != 1) {
          throw noChunk("chunks.claimed.digest");
        }
        open.claim(digest.getFirst(), claimed.getPlainBytes());
      }
      case CHUNK_NOT_SET -> throw noChunk("chunks");
    }
  }

  private static RuntimeException noChunk(String field) {
    return Requests.invalid(
        Reason.ARGUMENT_MISSING,
        field,
        "a chunk is neither sent nor claimed by one digest",
        "send a chunk's payload, or claim it by its digest");
  }

  @Override
  public void onCompleted() {
    life.finish(this::finish)
        .ifPresent(
            result ->
                Replies.send(
                    out, PutChunksResponse.newBuilder().setResult(answers.of(result)).build()));
  }

  private PutResult finish() {
    if (put == null) {
      throw Requests.invalid(
          Reason.STREAM_EMPTY,
          "header",
          "the stream ended without a message",
          "send the header, the chunks and the asset id");
    }
    Digest id = Requests.assetId("asset_id", assetId);
    scope.requireContent(id);
    return put.finish(id, request);
  }

  @Override
  public void onError(Throwable cause) {
    life.end();
  }
}

package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ClaimedChunk;
import io.aifs.proto.v1.ContentChunk;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.PutChunksResponse;
import io.aifs.proto.v1.SentChunk;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.BitSet;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A PutChunks call as a test makes it, message by message. */
final class ChunkCall {
  private static final Object END = new Object();

  private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
  private @Nullable ClientCallStreamObserver<PutChunksRequest> requests;

  static ChunkCall begin(Channel channel, String namespace) {
    return begin(channel, PutAssetRequest.newBuilder().setNamespace(namespace).build());
  }

  static ChunkCall begin(Channel channel, PutAssetRequest header) {
    ChunkCall call = new ChunkCall();
    ContentGrpc.newStub(channel).putChunks(call.new Answers());
    return call.send(PutChunksRequest.newBuilder().setHeader(header));
  }

  ChunkCall send(PutChunksRequest.Builder message) {
    requests().onNext(message.build());
    return this;
  }

  ChunkCall send(ContentChunk chunk) {
    return send(PutChunksRequest.newBuilder().addChunks(chunk));
  }

  /** Which of these are missing. */
  BitSet ask(Collection<Digest> digests) {
    send(PutChunksRequest.newBuilder().setAsked(joined(digests)));
    return BitSet.valueOf(next().getMissing().toByteArray());
  }

  PutAssetResponse finish(Digest id) {
    send(PutChunksRequest.newBuilder().setAssetId(id.hex()));
    return finish();
  }

  PutAssetResponse finish() {
    requests().onCompleted();
    return next().getResult();
  }

  void cancel() {
    requests().cancel("the test gives up", null);
  }

  private ClientCallStreamObserver<PutChunksRequest> requests() {
    if (requests == null) {
      throw new IllegalStateException("the call has not begun");
    }
    return requests;
  }

  /** The next answer; what the call fails with is thrown. */
  PutChunksResponse next() {
    try {
      Object answer = answers.take();
      if (answer instanceof StatusRuntimeException failure) {
        throw failure;
      }
      return (PutChunksResponse) answer;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static ContentChunk sent(int codec, byte[] payload, int plainBytes) {
    return ContentChunk.newBuilder()
        .setSent(
            SentChunk.newBuilder()
                .setCodec(codec)
                .setPayload(UnsafeByteOperations.unsafeWrap(payload))
                .setPlainBytes(plainBytes))
        .build();
  }

  static ContentChunk claimed(Digest digest, int plainBytes) {
    return ContentChunk.newBuilder()
        .setClaimed(
            ClaimedChunk.newBuilder()
                .setDigest(ByteString.copyFrom(digest.toBytes()))
                .setPlainBytes(plainBytes))
        .build();
  }

  static ByteString joined(Collection<Digest> digests) {
    return digests.stream()
        .map(digest -> ByteString.copyFrom(digest.toBytes()))
        .reduce(ByteString.EMPTY, ByteString::concat);
  }

  private final class Answers
      implements ClientResponseObserver<PutChunksRequest, PutChunksResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<PutChunksRequest> stream) {
      requests = stream;
    }

    @Override
    public void onNext(PutChunksResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      answers.add(failure);
    }

    @Override
    public void onCompleted() {
      answers.add(END);
    }
  }
}

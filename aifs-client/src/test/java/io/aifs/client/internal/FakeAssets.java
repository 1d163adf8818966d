package io.aifs.client.internal;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Takes puts, digests them and forgets their bytes; fails them as its script says. */
final class FakeAssets extends AIFSGrpc.AIFSImplBase {
  /** How one put goes wrong: after so many bytes, with this failure. */
  record Break(long afterBytes, RuntimeException failure) {}

  final LinkedBlockingQueue<Break> breaks = new LinkedBlockingQueue<>();

  /** The first message of each put. */
  final List<PutAssetRequest> openings = new CopyOnWriteArrayList<>();

  /** Answers with this id instead of the right one. */
  volatile Optional<Digest> lie = Optional.empty();

  /** Never asks for a message. */
  volatile boolean deaf;

  final CountDownLatch cancelled = new CountDownLatch(1);
  volatile int largestMessageBytes;

  @Override
  public StreamObserver<PutAssetRequest> putAsset(StreamObserver<PutAssetResponse> responses) {
    var call = (ServerCallStreamObserver<PutAssetResponse>) responses;
    call.setOnCancelHandler(cancelled::countDown);
    if (deaf) {
      call.disableAutoRequest();
    }
    return new Taking(responses, Optional.ofNullable(breaks.poll()));
  }

  private final class Taking implements StreamObserver<PutAssetRequest> {
    private final StreamObserver<PutAssetResponse> responses;
    private final Optional<Break> broken;
    private final Hasher hasher = new Hasher();
    private boolean opened;
    private boolean ended;

    Taking(StreamObserver<PutAssetResponse> responses, Optional<Break> broken) {
      this.responses = responses;
      this.broken = broken;
    }

    @Override
    public void onNext(PutAssetRequest message) {
      if (!opened) {
        opened = true;
        openings.add(message.toBuilder().clearChunks().build());
      }
      largestMessageBytes = Math.max(largestMessageBytes, message.getSerializedSize());
      for (Chunk chunk : message.getChunksList()) {
        byte[] bytes = chunk.getData().toByteArray();
        hasher.update(bytes, 0, bytes.length);
      }
      if (!ended && broken.isPresent() && hasher.length() >= broken.get().afterBytes()) {
        ended = true;
        responses.onError(broken.get().failure());
      }
    }

    @Override
    public void onError(Throwable failure) {
      ended = true;
    }

    @Override
    public void onCompleted() {
      if (ended) {
        return;
      }
      long size = hasher.length();
      Digest id = lie.orElseGet(hasher::finish);
      responses.onNext(
          PutAssetResponse.newBuilder()
              .setAssetId(id.hex())
              .setSize(size)
              .setStoredBytes(size / 2)
              .setChunks(4)
              .setNewChunks(2)
              .setVersion(7)
              .build());
      responses.onCompleted();
    }
  }
}

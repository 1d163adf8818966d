package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.UploadSlots;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One PutAsset call. A message is asked for only when the one before has been dealt with, so the
 * client is held back to the speed of the store. However the call ends, what it held is let go.
 */
final class AssetUpload implements StreamObserver<PutAssetRequest> {
  private final Uploads shared;
  private final ServerCallStreamObserver<PutAssetResponse> out;
  private final Future<?> watch;
  // Held while a message is dealt with: whoever finds it taken knows that the upload is alive.
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long handled;
  private boolean ended;
  private long received;
  private @Nullable PutSession session;
  private UploadSlots.@Nullable Slot slot;
  private Optional<WriteRequest> request = Optional.empty();

  AssetUpload(Uploads shared, ServerCallStreamObserver<PutAssetResponse> out, CallCharge charge) {
    this.shared = shared;
    this.out = out;
    this.watch =
        shared.stalls.watch(
            () -> charge.progress() + handled, () -> shared.executor.execute(this::stalled));
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only under the lock
  public void onNext(PutAssetRequest message) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      PutSession open = session == null ? open(message) : session;
      receive(open, message);
      handled++;
    } catch (RuntimeException e) {
      end();
      throw e;
    } finally {
      lock.unlock();
    }
    out.request(1);
  }

  private PutSession open(PutAssetRequest first) {
    NamespaceRow namespace = shared.namespaces.of(first.getNamespace());
    request =
        Requests.writeRequest(
            first.getRequestId(),
            namespace.name(),
            "PutAsset",
            first.toBuilder().clearChunks().build());
    PutSession opened = shared.assets.beginPut(namespace, Uploads.header(first));
    session = opened;
    return opened;
  }

  private void receive(PutSession open, PutAssetRequest message) {
    ContentSink sink = new ContentSink(open);
    for (Chunk chunk : message.getChunksList()) {
      received += chunk.getData().size();
      if (slot == null && received > Limits.FRAME_BYTES) {
        slot = shared.slots.take(Context.current()); // a small upload needs none
      }
      try {
        sink.accept(chunk.getData());
      } catch (IOException e) {
        throw new UncheckedIOException("the sink of an upload throws nothing of the kind", e);
      }
    }
  }

  @Override
  public void onCompleted() {
    PutResult result;
    lock.lock();
    try {
      if (ended) {
        return;
      }
      result = finish();
    } finally {
      end();
      lock.unlock();
    }
    Replies.send(
        out,
        PutAssetResponse.newBuilder()
            .setAssetId(result.id().hex())
            .setSize(result.size())
            .setStoredBytes(result.tally().storedBytes())
            .setChunks(result.tally().chunks())
            .setNewChunks(result.tally().newChunks())
            .setVersion(result.version())
            .build());
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

  /** The client went away, or the call was ended for it. */
  @Override
  public void onError(Throwable cause) {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  private void stalled() {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!ended) {
        AifsException.Unavailable failure = shared.stalls.stalled("the upload");
        end();
        out.onError(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    ended = true;
    watch.cancel(false);
    if (session != null) {
      session.close();
    }
    if (slot != null) {
      slot.close();
    }
  }
}

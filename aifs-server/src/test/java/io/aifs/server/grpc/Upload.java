package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A PutAsset call as a test makes it, message by message. */
final class Upload {
  private final CompletableFuture<PutAssetResponse> reply = new CompletableFuture<>();
  private final Replies replies = new Replies();
  private final Object ready = new Object();
  private @Nullable ClientCallStreamObserver<PutAssetRequest> requests;

  static Upload begin(Channel channel) {
    return begin(AIFSGrpc.newStub(channel));
  }

  static Upload begin(AIFSGrpc.AIFSStub stub) {
    Upload upload = new Upload();
    stub.putAsset(upload.replies);
    return upload;
  }

  /** Puts content in one message. */
  static PutAssetResponse put(Channel channel, byte[] content) {
    return begin(channel).send(message(content)).finish();
  }

  /** Puts text at a path as a tensor, which it is not: the old call stores it all the same. */
  static PutAssetResponse putAsTensor(Channel channel, String path, String content) {
    return begin(channel)
        .send(
            message(ByteString.copyFromUtf8(content)).toBuilder()
                .setPath(path)
                .setKind(AssetKind.TENSOR)
                .build())
        .finish();
  }

  static PutAssetRequest message(byte[] content) {
    return message(UnsafeByteOperations.unsafeWrap(content));
  }

  static PutAssetRequest message(ByteString content) {
    return PutAssetRequest.newBuilder().addChunks(Chunk.newBuilder().setData(content)).build();
  }

  private ClientCallStreamObserver<PutAssetRequest> requests() {
    synchronized (ready) {
      if (requests == null) {
        throw new IllegalStateException("the call has not begun");
      }
      return requests;
    }
  }

  /** Sends once the transport has room, or does nothing when the call is over. */
  Upload send(PutAssetRequest message) {
    ClientCallStreamObserver<PutAssetRequest> out = requests();
    synchronized (ready) {
      while (!out.isReady() && !reply.isDone()) {
        try {
          ready.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    if (!reply.isDone()) {
      out.onNext(message);
    }
    return this;
  }

  void cancel() {
    requests().cancel("the test gives up", null);
  }

  PutAssetResponse finish() {
    if (!reply.isDone()) {
      requests().onCompleted();
    }
    return reply();
  }

  /** What the call ends with, which may be before all was sent. */
  PutAssetResponse reply() {
    try {
      return reply.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        throw status;
      }
      throw e;
    }
  }

  private final class Replies implements ClientResponseObserver<PutAssetRequest, PutAssetResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<PutAssetRequest> stream) {
      synchronized (ready) {
        requests = stream;
      }
      stream.setOnReadyHandler(this::signal);
    }

    private void signal() {
      synchronized (ready) {
        ready.notifyAll();
      }
    }

    @Override
    public void onNext(PutAssetResponse response) {
      reply.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      reply.completeExceptionally(error);
      signal();
    }

    @Override
    public void onCompleted() {
      signal();
    }
  }
}

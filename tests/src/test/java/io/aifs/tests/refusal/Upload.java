package io.aifs.tests.refusal;

import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.tests.harness.RawClient;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A PutAsset call whose messages are given one by one, as they are. */
final class Upload implements StreamObserver<PutAssetResponse> {
  private final CompletableFuture<PutAssetResponse> response = new CompletableFuture<>();

  private Upload() {}

  /** Sends the messages, ends the stream and waits for the answer. */
  static PutAssetResponse of(RawClient client, List<PutAssetRequest> messages) {
    Upload upload = new Upload();
    StreamObserver<PutAssetRequest> requests = client.streaming().putAsset(upload);
    messages.forEach(requests::onNext);
    requests.onCompleted();
    try {
      return upload.response.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        throw status;
      }
      throw e;
    }
  }

  @Override
  public void onNext(PutAssetResponse value) {
    response.complete(value);
  }

  @Override
  public void onError(Throwable failure) {
    response.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    response.completeExceptionally(
        Status.INTERNAL.withDescription("ended without a response").asRuntimeException());
  }
}

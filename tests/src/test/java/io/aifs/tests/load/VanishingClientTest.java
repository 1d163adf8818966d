package io.aifs.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.RawClient;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away in the midst of an upload. */
class VanishingClientTest {
  private static final int CLIENTS = 60;
  private static final int MESSAGE_BYTES = 1 << 20;
  private static final int MESSAGES = 20;

  @TempDir Path temporary;

  @Test
  void nothingOfTheirUploadsIsVisibleAndTheirMemoryComesBack()
      throws IOException, InterruptedException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 256);
        AifsClient client = server.connect()) {
      for (int i = 0; i < CLIENTS; i++) {
        vanish(server, store.adminToken(), i);
      }
      assertThat(client.assets().list(10, Optional.empty()).assets()).isEmpty();
      assertThat(client.maintenance().status().assets()).isZero();
      requireWorking(client);
      assertThat(server.log()).doesNotContain("OutOfMemoryError");
      StoreUnderTest.requireClean(client);
    }
    store.requireClean();
  }

  /** Sends more than the server can still need to answer, then drops the connection. */
  private static void vanish(ServerProcess server, String token, int seed)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawClient raw = new RawClient(server, token)) {
      StreamObserver<PutAssetRequest> upload = raw.streaming().putAsset(new Ending(ended));
      byte[] bytes = new RandomStream(seed, MESSAGE_BYTES).toBytes();
      PutAssetRequest message =
          PutAssetRequest.newBuilder()
              .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(bytes)))
              .build();
      for (int i = 0; i < MESSAGES; i++) {
        upload.onNext(message);
      }
      raw.vanish();
      ended.await();
    }
  }

  private static void requireWorking(AifsClient client) throws IOException {
    byte[] bytes = new RandomStream(99, 30 << 20).toBytes();
    Digest id = client.assets().put(PutOptions.blob(), Content.of(bytes)).id();
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  /** Waits for the end of a call, whatever it is. */
  private record Ending(CountDownLatch ended) implements StreamObserver<PutAssetResponse> {
    @Override
    public void onNext(PutAssetResponse response) {
      throw new AssertionError("an upload that was never finished was answered");
    }

    @Override
    public void onError(Throwable failure) {
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }
}

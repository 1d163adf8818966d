package io.aifs.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everybody stores the same file at the same time. */
class ManyUploadsTest {
  private static final int UPLOADS = 200;
  private static final int BYTES = 50 << 20;

  @TempDir Path temporary;

  @Test
  void twoHundredUploadsOfOneFileFitInto512MebibytesAndAreStoredOnce() throws Exception {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    byte[] bytes = new RandomStream(50, BYTES).toBytes();
    Digest id = Digest.of(bytes);
    try (ServerProcess server = ServerProcess.start(store, 512);
        AifsClient client = patient(server)) {
      assertThat(uploadAll(client, bytes)).hasSize(UPLOADS).containsOnly(id);
      assertThat(server.isAlive()).isTrue();
      assertThat(server.log()).doesNotContain("OutOfMemoryError");
      assertThat(client.maintenance().status().assets()).isEqualTo(1);
      assertThat(client.maintenance().status().packBytes()).isLessThan(2L * BYTES);
      StoreUnderTest.requireClean(client);
    }
    store.requireClean();
  }

  /** A busy server may send a client away many times; each retry starts over. */
  private static AifsClient patient(ServerProcess server) {
    return AifsClients.connect(
        server
            .clientOptions()
            .withStallTimeout(Duration.ofMinutes(5))
            .withRetries(new Retries(1_000, Duration.ofMillis(50), Duration.ofSeconds(5))));
  }

  private static List<Digest> uploadAll(AifsClient client, byte[] bytes) throws Exception {
    List<Future<Digest>> uploads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < UPLOADS; i++) {
        uploads.add(
            threads.submit(() -> client.assets().put(PutOptions.blob(), Content.of(bytes)).id()));
      }
      List<Digest> ids = new ArrayList<>();
      for (Future<Digest> upload : uploads) {
        ids.add(upload.get());
      }
      return ids;
    }
  }
}

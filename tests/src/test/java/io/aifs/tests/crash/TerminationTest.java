package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what runs may end, what is new is refused, and the exit code is 0. */
class TerminationTest {
  private static final int BYTES = 20 << 20;
  private static final int BYTES_BEFORE = 5 << 20;

  @TempDir Path temporary;

  @Test
  void anUploadUnderWayIsFinishedAndTheServerEndsWithZero() throws Exception {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    ServerProcess server = ServerProcess.start(store, 256);
    PausingStream content = new PausingStream();
    Digest id;
    try (AifsClient client = server.connect()) {
      CompletableFuture<Digest> upload =
          CompletableFuture.supplyAsync(
              () -> client.assets().put(PutOptions.blob(), Content.once(content)).id());
      content.paused.await();
      server.terminate();
      awaitRefusal(server);
      content.resume.countDown();
      id = upload.get();
    }
    assertThat(server.awaitExit()).as("exit code; it said:%n%s", server.log()).isZero();
    try (AifsClient client = store.open();
        InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      assertThat(in.readAllBytes()).isEqualTo(new RandomStream(1, BYTES).toBytes());
      StoreUnderTest.requireClean(client);
    }
  }

  @Test
  void anIdleServerEndsWithZero() {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    ServerProcess server = ServerProcess.start(store, 256);
    server.terminate();
    assertThat(server.awaitExit()).as("exit code; it said:%n%s", server.log()).isZero();
    store.requireClean();
  }

  /** Returns once new connections are not served any more. */
  private static void awaitRefusal(ServerProcess server) {
    while (true) {
      try (AifsClient other =
          AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
        other.namespaces().list();
      } catch (AifsException.Unavailable e) {
        return;
      }
    }
  }

  /** Gives a part of its bytes, and the rest when it is told to. */
  private static final class PausingStream extends InputStream {
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch resume = new CountDownLatch(1);
    private final RandomStream bytes = new RandomStream(1, BYTES);
    private int given;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (given >= BYTES_BEFORE) {
        paused.countDown();
        await();
      }
      int count = bytes.read(buffer, offset, Math.min(length, 1 << 16));
      given += Math.max(count, 0);
      return count;
    }

    private void await() throws IOException {
      try {
        resume.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}

package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a command that puts a large file: what came over need not come again. */
class KilledClientTest {
  private static final long FILE_BYTES = 96L << 20;
  private static final int FED_BYTES = 64 << 20;

  /** Windows of the client, buffers of both sides, and what the server had not stored yet. */
  private static final long LOST_BYTES_MAX = 28L << 20;

  @TempDir Path temporary;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theNextPutSendsWhatIsLeft() throws IOException, InterruptedException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    Path file = temporary.resolve("large");
    Files.copy(new RandomStream(SeededTest.seed(), FILE_BYTES), file);
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      Process put =
          CliProcess.of(
                  store.homes(),
                  "--server",
                  server.address(),
                  "--token-file",
                  store.adminTokenFile().toString(),
                  "put",
                  "-",
                  "main:large")
              .start();
      try (InputStream in = Files.newInputStream(file)) {
        // The command takes as fast as it sends, so most of this is with the server by then.
        put.getOutputStream().write(in.readNBytes(FED_BYTES));
        put.getOutputStream().flush();
      }
      put.destroyForcibly().waitFor();

      try (AifsClient client = server.connect()) {
        assertThat(client.assets().list(10, Optional.empty()).assets()).isEmpty();
        PutEstimate left = client.assets().compare(Content.of(file));
        assertThat(left.missingBytes())
            .isLessThanOrEqualTo(FILE_BYTES - FED_BYTES + LOST_BYTES_MAX);

        PutOutcome outcome = client.assets().put(PutOptions.blob(), Content.of(file));

        assertThat(outcome.id()).isEqualTo(left.id());
        assertThat(outcome.newChunks()).isLessThanOrEqualTo(left.missingChunks());
        assertThat(client.assets().verify(outcome.id()).valid()).isTrue();
      }
    }
    store.requireClean();
  }
}

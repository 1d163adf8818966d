package io.aifs.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.Content;
import io.aifs.client.Maintenance.StoreStatus;
import io.aifs.client.PutOptions;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.SmallFileSystem;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says that it takes, beside what its file system says. */
class DiskUseTest {
  private static final int MEBIBYTES = 256;
  private static final int FILES = 40;
  private static final int FILE_BYTES = 2_000_000;

  /** Keys, FORMAT, directories, the catalog's log and shared memory. */
  private static final long BESIDE_BYTES = 1 << 20;

  @TempDir Path temporary;

  private final List<Digest> ids = new ArrayList<>();

  @Test
  void statusAgreesWithTheFileSystemAfterPutsDeletesAndGc() throws Exception {
    Path root = temporary.resolve("store");
    try (SmallFileSystem files = SmallFileSystem.mount(root.resolve("data"), MEBIBYTES)) {
      StoreUnderTest store = StoreUnderTest.create(root);
      try (ServerProcess server = ServerProcess.start(store, 256);
          AifsClient client = AifsClients.connect(server.clientOptions())) {
        requireAgreement(client, files);
        for (int i = 0; i < FILES; i++) {
          byte[] bytes = new RandomStream(i, FILE_BYTES).toBytes();
          ids.add(client.assets().put(PutOptions.blob(), Content.of(bytes)).id());
        }
        requireAgreement(client, files);
        for (Digest id : ids.subList(0, FILES / 2)) {
          client.assets().delete(id, true, "to see space return");
        }
        requireAgreement(client, files);
        long usedBefore = files.usedBytes();
        long freed = client.maintenance().collect(false, Duration.ZERO, _ -> {}).freedBytes();
        requireAgreement(client, files);
        long returned = usedBefore - files.usedBytes();
        assertThat(returned).as("bytes returned").isCloseTo(freed, within(BESIDE_BYTES));
        assertThat(returned)
            .as("bytes returned of those deleted")
            .isGreaterThan(FILES / 2 * FILE_BYTES * 95L / 100);
        StoreUnderTest.requireClean(client);
      }
    }
  }

  private static void requireAgreement(AifsClient client, SmallFileSystem files) {
    StoreStatus status = client.maintenance().status();
    long told =
        status.packBytes() + status.catalogBytes() + status.orphanBytes() + status.reserveBytes();
    assertThat(told)
        .as("bytes that status tells")
        .isCloseTo(files.usedBytes(), within(BESIDE_BYTES));
    assertThat(status.diskTotalBytes() - status.diskFreeBytes())
        .as("used bytes of the disk in status")
        .isCloseTo(files.usedBytes(), within(BESIDE_BYTES));
  }
}

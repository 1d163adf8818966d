package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single assets around every boundary that the code has, and ids against {@code b3sum}. */
class FileSizesTest {
  private static final int KIBI = 1 << 10;
  private static final int MEBI = 1 << 20;

  @TempDir Path temporary;

  @Test
  void everySizeReturnsIdenticalFromADirectory() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(newDirectory());
          try (AifsClient client = store.open()) {
            roundTrips(random, client);
            StoreUnderTest.requireClean(client);
          }
        });
  }

  @Test
  void everySizeReturnsIdenticalFromAServer() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(newDirectory());
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            roundTrips(random, client);
            StoreUnderTest.requireClean(client);
          }
        });
  }

  private Path newDirectory() throws IOException {
    return Files.createTempDirectory(temporary, "store");
  }

  private void roundTrips(SplittableRandom random, AifsClient client) throws IOException {
    for (int size : sizes(random)) {
      byte[] bytes = bytes(random, size);
      PutOutcome put = client.assets().put(PutOptions.blob(), Content.of(bytes));
      assertThat(put.id().hex()).as("id of %s bytes", size).isEqualTo(b3sum(bytes));
      assertThat(put.size()).isEqualTo(size);
      assertThat(read(client, put.id(), 0, Optional.empty())).isEqualTo(bytes);
      requireRange(random, client, put.id(), bytes);
    }
  }

  private static void requireRange(
      SplittableRandom random, AifsClient client, Digest id, byte[] bytes) throws IOException {
    int from = random.nextInt(bytes.length + 1);
    int length = random.nextInt(bytes.length - from + 1);
    byte[] range = new byte[length];
    System.arraycopy(bytes, from, range, 0, length);
    assertThat(read(client, id, from, Optional.of((long) length)))
        .as("%s bytes from %s of %s", length, from, bytes.length)
        .isEqualTo(range);
  }

  private static List<Integer> sizes(SplittableRandom random) {
    List<Integer> sizes = new ArrayList<>(List.of(0, 1, 2, 63, 64, 65, 1_023, 1_024, 1_025));
    for (int boundary : new int[] {16 * KIBI, 64 * KIBI, 256 * KIBI, MEBI, 4 * MEBI}) {
      sizes.addAll(List.of(boundary - 1, boundary, boundary + 1));
    }
    sizes.add(9 * MEBI + random.nextInt(MEBI));
    for (int i = 0; i < 10; i++) {
      sizes.add(random.nextInt(3 * MEBI));
    }
    return sizes;
  }

  /** Of any kind: noise, one repeated byte, or text. */
  private static byte[] bytes(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> Arrays.fill(bytes, (byte) random.nextInt());
      default -> {
        for (int i = 0; i < size; i++) {
          bytes[i] = (byte) ('a' + (i * 31L + i / 977) % 26);
        }
      }
    }
    return bytes;
  }

  private String b3sum(byte[] bytes) throws IOException {
    Path file = Files.createTempFile(temporary, "content", "");
    Files.write(file, bytes);
    String sum = ExternalTool.b3sum(file);
    Files.delete(file);
    return sum;
  }

  private static byte[] read(AifsClient client, Digest id, long from, Optional<Long> length)
      throws IOException {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), from, length)) {
      return in.readAllBytes();
    }
  }
}

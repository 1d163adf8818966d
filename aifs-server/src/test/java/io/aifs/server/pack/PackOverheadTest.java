package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a chunk costs on disk beside its compressed content. */
class PackOverheadTest {
  private static final int OVERHEAD_BYTES_MAX = 120;

  /** Chunks of the usual sizes, until a pack is full or there are many. */
  @ParameterizedTest
  @CsvSource({
    "1, 300, 200",
    "1, 16000, 4000",
    "1, 65536, 13000",
    "1, 65536, 60000",
    "16, 4000, 700",
    "0, 60, 60",
    "0, 65536, 65536",
    "0, 262144, 262144"
  })
  void aChunkCostsAtMost120Bytes(int codec, int plainBytes, int compressedBytes)
      throws IOException {
    TestPacks packs = new TestPacks();
    try (PackStore store = packs.open()) {
      long content = 0;
      int count = 0;
      while (count < 20_000 && content < 60L << 20) {
        List<PackRecord> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          byte[] payload = new byte[compressedBytes + ChunkCipher.OVERHEAD_BYTES];
          batch.add(
              new PackRecord(
                  RecordType.CHUNK, TestRecords.id(count), codec, 100, plainBytes, payload));
          count++;
          content += compressedBytes;
        }
        store.append(batch);
      }
      long bytes = store.seal().stream().mapToLong(LivePack::syncedBytes).sum();
      assertThat((bytes - content) / (double) count).isLessThanOrEqualTo(OVERHEAD_BYTES_MAX);
    }
  }
}

package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a later version of the program wrote: refused with 12, and left as they are. */
class NewerVersionTest {
  private static final int PACK_HEADER_BYTES = 512;
  private static final int PACK_FOOTER_BYTES = 44;
  private static final int PACK_VERSION_AT = 8;

  @TempDir Path temporary;

  private StoreUnderTest store;
  private Digest id;

  @BeforeEach
  void makeStoreWithOneAsset() {
    store = StoreUnderTest.create(temporary.resolve("store"));
    try (AifsClient client = store.open()) {
      byte[] bytes = new RandomStream(1, 100_000).toBytes();
      id = client.assets().put(PutOptions.blob(), Content.of(bytes)).id();
    }
  }

  @Test
  void aNewerStoreIsRefused() throws IOException {
    Path format = store.data().resolve("FORMAT");
    String body = Files.readString(format).replaceFirst("aifs-store 1\n", "aifs-store 2\n");
    body = body.substring(0, body.lastIndexOf("checksum "));
    String checksum = Digest.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    Files.writeString(format, body + "checksum " + checksum + "\n");
    requireRefused("version 2");
  }

  @Test
  void aNewerCatalogIsRefused() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + store.data().resolve("catalog.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    requireRefused("99");
  }

  @Test
  void aNewerPackIsRefused() throws IOException {
    Path pack = store.packs().getFirst();
    byte[] bytes = Files.readAllBytes(pack);
    makeNewer(bytes, 0, PACK_HEADER_BYTES);
    makeNewer(bytes, bytes.length - PACK_FOOTER_BYTES, PACK_FOOTER_BYTES);
    Files.write(pack, bytes);
    requireRefused("version 4");
  }

  /** Header and footer both have their version at the same place and a checksum at the end. */
  private static void makeNewer(byte[] bytes, int offset, int length) {
    bytes[offset + PACK_VERSION_AT + 1] = 4;
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length - 4);
    ByteBuffer.wrap(bytes).putInt(offset + length - 4, (int) crc.getValue());
  }

  private void requireRefused(String version) {
    Map<String, String> before = durableFiles();
    CliResult result =
        CliProcess.run(store.homes(), "get", "aifs://" + id, temporary.resolve("copy").toString());
    result.requireExit(12);
    assertThat(result.errors()).contains(version).contains("ersion of");
    assertThat(durableFiles()).isEqualTo(before);
    assertThat(temporary.resolve("copy")).doesNotExist();
  }

  /** All but what comes and goes with every opening. */
  private Map<String, String> durableFiles() {
    Map<String, String> files = new TreeMap<>(Trees.describe(store.data()));
    files
        .keySet()
        .removeIf(name -> name.endsWith("-wal") || name.endsWith("-shm") || name.contains("LOCK"));
    files.values().removeIf(description -> description.startsWith("directory"));
    files.replaceAll((_, description) -> description.replaceAll(" time .*", ""));
    return files;
  }
}

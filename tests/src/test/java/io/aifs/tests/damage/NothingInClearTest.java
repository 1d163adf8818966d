package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.PutOptions;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content and keys that were planted are in no file of the data directory, at no moment. */
class NothingInClearTest {
  private static final int BLOCK_BYTES = 4_096;

  @TempDir Path temporary;

  @Test
  void noContentAndNoKeyIsInAnyFile() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          PlantedBytes planted = new PlantedBytes();
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            plant(random, client, planted);
            plantKeys(store, planted);
            planted.requireAbsentBelow(store.data());
            planted.requireAbsentFrom(server.log());
            server.kill();
          }
          planted.requireAbsentBelow(store.data());
          store.requireClean();
          planted.requireAbsentBelow(store.data());
        });
  }

  @Test
  void theSearchFindsWhatIsThere() throws Exception {
    PlantedBytes planted = new PlantedBytes();
    byte[] block = new byte[BLOCK_BYTES];
    new SplittableRandom(3).nextBytes(block);
    planted.add("block", block);
    byte[] file = new byte[3 * BLOCK_BYTES];
    System.arraycopy(block, 100, file, 5_001, 20);
    Files.write(temporary.resolve("file"), file);
    assertThat(planted.findBelow(temporary)).hasSize(1);
  }

  private static void plant(SplittableRandom random, AifsClient client, PlantedBytes planted) {
    byte[] small = block(random, 700);
    byte[] noise = block(random, 300_000);
    byte[] text =
        ("planted sentence " + random.nextLong() + " about zebras and quaggas\n")
            .repeat(5_000)
            .getBytes(StandardCharsets.UTF_8);
    byte[] vector = block(random, 384 * 4);
    planted.add("a small file", small);
    planted.add("noise", noise);
    planted.add("text", text);
    planted.add("an embedding", vector);
    client.assets().put(embedded(vector), Content.of(noise));
    client.assets().put(PutOptions.blob(), Content.of(text));
    client
        .tree()
        .putFiles(
            Name.MAIN_BRANCH,
            List.of(
                new FilePut(
                    new TreePath("small"), new FilePut.What.Data(small), FileAttributes.PLAIN_FILE),
                new FilePut(
                    new TreePath("short"),
                    new FilePut.What.Data("planted sentence".getBytes(StandardCharsets.UTF_8)),
                    FileAttributes.PLAIN_FILE)));
  }

  private static PutOptions embedded(byte[] vector) {
    float[] values = new float[vector.length / 4];
    for (int i = 0; i < vector.length; i += 4) {
      vector[i + 3] = 0x3f; // an ordinary number, whatever the other bits
    }
    ByteBuffer.wrap(vector).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new PutOptions(AssetKind.BLOB, Map.of(), List.of(), values, Optional.empty());
  }

  private static byte[] block(SplittableRandom random, int bytes) {
    byte[] block = new byte[bytes];
    random.nextBytes(block);
    return block;
  }

  /** The root key, the token, and every key that the data directory holds wrapped. */
  private static void plantKeys(StoreUnderTest store, PlantedBytes planted) throws Exception {
    String rootKeyText = Files.readString(store.rootKeyFile()).strip();
    RootKey rootKey = RootKey.parse(rootKeyText);
    String hex = rootKeyText.replaceAll(".*?([0-9a-f]{64}).*", "$1");
    planted.addKey("the root key", HexFormat.of().parseHex(hex));
    planted.add("the admin token", store.adminToken().getBytes(StandardCharsets.US_ASCII));
    LocalDisk disk = new LocalDisk(store.data());
    RecordingKeyService keys =
        new RecordingKeyService(new LocalKeyService(disk, rootKey, RandomBytes.secure()));
    DomainKeyring keyring = new DomainKeyring(disk, keys, RandomBytes.secure());
    keyring.tokenRootKeys();
    keyring.auditKey();
    for (String domain : domains(store)) {
      keyring.load(DomainId.fromBytes(HexFormat.of().parseHex(domain)));
    }
    assertThat(keys.unwrapped()).hasSizeGreaterThanOrEqualTo(3);
    keys.unwrapped().forEach(key -> planted.addKey("an unwrapped key", key));
  }

  private static List<String> domains(StoreUnderTest store) throws Exception {
    List<String> domains = new ArrayList<>();
    try (var names = Files.list(store.data().resolve("keys"))) {
      names
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{32}"))
          .forEach(domains::add);
    }
    assertThat(domains).isNotEmpty();
    return domains;
  }
}

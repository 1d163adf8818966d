package io.aifs.tests.damage;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A store of a few kibibytes that has every kind of record: chunks stored as they are, compressed
 * chunks, and manifest pages; in two packs.
 */
final class SmallStore {
  private static final int MEBI = 1 << 20;

  private final StoreUnderTest store;
  private final Map<Digest, byte[]> contents = new LinkedHashMap<>();

  private SmallStore(StoreUnderTest store) {
    this.store = store;
  }

  static SmallStore create(Path root) throws IOException {
    SmallStore small = new SmallStore(StoreUnderTest.create(root));
    small.session(
        new RandomStream(1, 2_000).readAllBytes(),
        "text that compresses, line by line\n".repeat(200).getBytes(StandardCharsets.UTF_8));
    // one chunk, many times: its list of chunks is far longer than its content
    small.session(new byte[6 * MEBI], new byte[0], "second".getBytes(StandardCharsets.UTF_8));
    return small;
  }

  /** One opening of the store, so one pack. */
  private void session(byte[]... assets) {
    try (AifsClient client = store.open()) {
      for (byte[] bytes : assets) {
        contents.put(client.assets().put(PutOptions.blob(), Content.of(bytes)).id(), bytes);
      }
    }
  }

  StoreUnderTest store() {
    return store;
  }

  Map<Digest, byte[]> contents() {
    return contents;
  }

  /**
   * Reads every asset back and counts those reported as damaged; fails on wrong bytes and on any
   * other failure.
   */
  int countDamaged(AifsClient client) throws IOException {
    int damaged = 0;
    for (Map.Entry<Digest, byte[]> asset : contents.entrySet()) {
      damaged += reads(client, asset.getKey(), asset.getValue()) ? 0 : 1;
    }
    return damaged;
  }

  /**
   * Reads an asset back; false if that is refused because it is damaged. Fails on wrong bytes and
   * on any other failure.
   */
  static boolean reads(AifsClient client, Digest id, byte[] expected) throws IOException {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, all())) {
      if (!Arrays.equals(in.readAllBytes(), expected)) {
        throw new AssertionError("wrong bytes for " + id);
      }
      return true;
    } catch (AifsException.Corrupt e) {
      return false;
    } catch (IOException e) {
      if (e.getCause() instanceof AifsException.Corrupt) {
        return false;
      }
      throw e;
    }
  }

  private static Optional<Long> all() {
    return Optional.empty();
  }
}

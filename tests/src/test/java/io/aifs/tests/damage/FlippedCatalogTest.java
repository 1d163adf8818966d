package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One wrong bit anywhere in the catalog. Its pages have no checksums, so a changed name, time or
 * piece of metadata is not noticed; but content is never wrong, and whatever costs an asset is
 * refused at open or named by fsck.
 */
class FlippedCatalogTest {
  @TempDir Path temporary;

  @Test
  void aBitFlippedAnywhereNeverGivesWrongBytesAndNeverCostsAnAssetInSilence() {
    SeededTest.run(
        1,
        random -> {
          SmallStore small = SmallStore.create(temporary.resolve("store"));
          Path file = small.store().data().resolve("catalog.db");
          byte[] right = Files.readAllBytes(file);
          int noticed = 0;
          for (int i = 0; i < TestSizes.pick(300, 5_000); i++) {
            byte[] wrong = right.clone();
            int position = used(right, random.nextInt(right.length));
            wrong[position] ^= (byte) (1 << random.nextInt(8));
            replace(file, wrong);
            noticed += isNoticed(small, "byte " + position + " of " + right.length) ? 1 : 0;
          }
          assertThat(noticed).as("flips that were noticed").isPositive();
          replace(file, right);
          small.store().requireClean();
        });
  }

  /** Most of a small catalog is empty space: from there, the next byte that is not 0. */
  private static int used(byte[] bytes, int from) {
    for (int i = 0; i < bytes.length; i++) {
      int position = (from + i) % bytes.length;
      if (bytes[position] != 0) {
        return position;
      }
    }
    return from;
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file.resolveSibling("catalog.db-wal"));
    Files.deleteIfExists(file.resolveSibling("catalog.db-shm"));
    Files.write(file, bytes);
  }

  private static boolean isNoticed(SmallStore small, String where) throws IOException {
    try (AifsClient client = small.store().open()) {
      boolean whole = true;
      for (Map.Entry<Digest, byte[]> asset : small.contents().entrySet()) {
        whole &= readsOrIsRefused(client, asset.getKey(), asset.getValue());
      }
      List<Finding> findings = StoreUnderTest.findings(client);
      assertThat(whole || !findings.isEmpty())
          .as("assets that do not read back are named by fsck after a flip in " + where)
          .isTrue();
      return !findings.isEmpty();
    } catch (AifsException e) {
      return true; // refused
    }
  }

  /** Whether it reads; an asset whose row is hit may also be unknown. */
  private static boolean readsOrIsRefused(AifsClient client, Digest id, byte[] expected)
      throws IOException {
    try {
      return SmallStore.reads(client, id, expected);
    } catch (AifsException e) {
      return false;
    } catch (IOException e) {
      if (e.getCause() instanceof AifsException) {
        return false;
      }
      throw e;
    }
  }
}

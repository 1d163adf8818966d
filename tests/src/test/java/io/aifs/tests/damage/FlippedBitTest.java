package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.core.AifsException;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One wrong bit anywhere in a pack: found when read, named by fsck, never returned as content. */
class FlippedBitTest {
  private static final int HEADER_BYTES = 512;

  @TempDir Path temporary;

  @Test
  void aBitFlippedInASampleOfBytesIsFound() {
    SeededTest.run(
        1,
        random -> {
          SmallStore small = SmallStore.create(temporary.resolve("sampled"));
          for (Path pack : small.store().packs()) {
            flipEach(random, small, pack, sample(random, Files.size(pack)));
          }
        });
  }

  @Test
  @Tag("full")
  void aBitFlippedInAnyByteIsFound() {
    SeededTest.run(
        1,
        random -> {
          SmallStore small = SmallStore.create(temporary.resolve("complete"));
          for (Path pack : small.store().packs()) {
            Set<Integer> everywhere = new TreeSet<>();
            for (int position = 0; position < Files.size(pack); position++) {
              everywhere.add(position);
            }
            flipEach(random, small, pack, everywhere);
          }
        });
  }

  /** Both ends, where headers, index and footer lie, more densely than the rest. */
  private static Set<Integer> sample(SplittableRandom random, long bytes) {
    int count = TestSizes.pick(20, 100);
    Set<Integer> positions = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      positions.add(random.nextInt((int) Math.min(64, bytes)));
      positions.add(random.nextInt((int) Math.min(HEADER_BYTES, bytes)));
      positions.add(HEADER_BYTES + random.nextInt(64));
      positions.add((int) bytes - 1 - random.nextInt(48));
      positions.add((int) bytes - 1 - random.nextInt(250));
      positions.add(random.nextInt((int) bytes));
    }
    return positions;
  }

  private static void flipEach(
      SplittableRandom random, SmallStore small, Path pack, Set<Integer> positions)
      throws IOException {
    byte[] right = Files.readAllBytes(pack);
    int refused = 0;
    for (int position : positions) {
      byte[] wrong = right.clone();
      wrong[position] ^= (byte) (1 << random.nextInt(8));
      Files.write(pack, wrong);
      refused += requireFound(small, pack, position, right.length);
    }
    assertThat(refused).as("reads that were refused, over all flips").isPositive();
    Files.write(pack, right);
    small.store().requireClean();
  }

  /** Returns how many assets cannot be read. */
  private static int requireFound(SmallStore small, Path pack, int position, int length)
      throws IOException {
    String where = "byte " + position + " of " + length + " in " + pack.getFileName();
    try (AifsClient client = small.store().open()) {
      int damaged = small.countDamaged(client);
      List<CheckEvent.Finding> findings = StoreUnderTest.findings(client);
      assertThat(findings).as("what fsck finds after a flip in " + where).isNotEmpty();
      assertThat(findings.toString())
          .as("names the pack")
          .contains(pack.getFileName().toString().replace(".pack", ""));
      long assetsNamed =
          findings.stream().flatMap(finding -> finding.assetIds().stream()).distinct().count();
      assertThat(assetsNamed)
          .as("assets that fsck names, against those that a read refuses, in " + where)
          .isGreaterThanOrEqualTo(damaged);
      return damaged;
    } catch (AifsException e) {
      throw new AssertionError("the store is not usable after a flip in " + where, e);
    }
  }
}

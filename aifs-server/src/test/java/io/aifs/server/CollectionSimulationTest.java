package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Collections beside puts of the same and other data, deletes, undo and restarts, which happen at
 * every step of the collection. {@code -Daifs.seed=} runs one seed alone.
 */
class CollectionSimulationTest {
  private static final int COLLECTIONS = Integer.getInteger("aifs.collections", 1_000);
  private static final int STEPS = 120;
  private static final int PLANTED_SEEDS_MAX = 200;

  @TempDir Path directory;

  @Test
  void thousandCollectionsLoseNoChunkAndKeepNoDeadOne() throws IOException {
    long seed = Long.getLong("aifs.seed", 1);
    boolean alone = System.getProperty("aifs.seed") != null;
    long collections = 0;
    while (collections < COLLECTIONS) {
      System.out.println("CollectionSimulationTest: -Daifs.seed=" + seed);
      collections += run(seed, true);
      if (alone) {
        return;
      }
      seed++;
    }
    assertThat(collections).isGreaterThanOrEqualTo(COLLECTIONS);
  }

  /** A simulation that cannot fail proves nothing. */
  @Test
  void aCollectionThatDeletesWhatUploadsHavePinnedIsFound() throws IOException {
    boolean found = false;
    for (long seed = 1; seed <= PLANTED_SEEDS_MAX && !found; seed++) {
      try {
        run(seed, false);
      } catch (AssertionError | AifsException e) {
        found = true;
        System.out.println("seed " + seed + " lost a pinned chunk: " + e.getMessage());
      }
    }
    assertThat(found).isTrue();
  }

  private long run(long seed, boolean heedsPins) throws IOException {
    Path own = Files.createDirectory(directory.resolve("seed" + seed));
    CollectionWorkload workload = new CollectionWorkload(own, new Random(seed), heedsPins);
    for (int step = 0; step < STEPS; step++) {
      workload.step();
    }
    workload.settle();
    workload.close();
    return workload.collections + 2;
  }
}

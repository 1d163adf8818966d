package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Collections beside puts of the same and other data, deletes, undo and restarts, which happen at
 * every step of the collection.
 */
class CollectionSimulationTest {
  private static final int SEEDS = Integer.getInteger("aifs.collection.seeds", 40);
  private static final int STEPS = 120;
  private static final int PLANTED_SEEDS_MAX = 200;

  @TempDir Path directory;
  private long differences;

  @Test
  void collectionsLoseNoChunkAndKeepNoDeadOne() throws IOException {
    AtomicLong collections = new AtomicLong();
    differences = 0;
    SeededTest.run(SEEDS, random -> collections.addAndGet(run(random.nextLong(), true)));
    assertThat(collections.get()).isPositive();
    assertThat(differences).isPositive();
    System.out.println(
        "CollectionSimulationTest: "
            + collections
            + " collections, "
            + differences
            + " differences");
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
    differences += workload.differences;
    return workload.collections + 2;
  }
}

package io.aifs.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A simulation that finds nothing proves nothing: each of these bugs makes some seed fail. */
class PlantedBugsTest {
  private static final int SEEDS_MAX = 300;

  @Test
  void withoutABugTheFirstSeedsHold() throws IOException {
    try (SimulationBench bench = new SimulationBench()) {
      for (long seed = 1; seed <= 20; seed++) {
        bench.run(seed);
      }
    }
  }

  @Test
  void aSkippedFileSyncIsFound() throws IOException {
    assertFound(Plants::skippedFileSync);
  }

  @Test
  void aSkippedDirectorySyncIsFound() throws IOException {
    assertFound(Plants::skippedDirectorySync);
  }

  @Test
  void aDroppedRenameIsFound() throws IOException {
    assertFound(Plants::droppedRename);
  }

  @Test
  void twoReorderedWritesAreFound() throws IOException {
    assertFound(Plants::reorderedWrites);
  }

  @Test
  void aCatalogCommittedBeforeThePackIsSyncedIsFound() throws IOException {
    assertFound(Plants::catalogBeforeSync);
  }

  @Test
  void aReplyBeforeTheCommitIsFound() throws IOException {
    assertFound(Plants::replyBeforeCommit);
  }

  @Test
  void aFileLengthBelievedInPlaceOfTheSyncedLengthIsFound() throws IOException {
    assertFound(Plants::believedFileLength);
  }

  private static void assertFound(Supplier<Plant> plants) throws IOException {
    OptionalLong found = OptionalLong.empty();
    try (SimulationBench bench = new SimulationBench()) {
      for (long seed = 1; seed <= SEEDS_MAX && found.isEmpty(); seed++) {
        try {
          bench.run(seed, false, plants);
        } catch (SeedFailure e) {
          found = OptionalLong.of(e.seed());
          System.out.println(e.getMessage());
        }
      }
    }
    assertThat(found).as("a seed that fails").isPresent();
  }
}

package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a server while many clients put into it and change what is there. */
class KilledServerTest {
  private static final int KILLS = TestSizes.pick(12, 100);
  private static final int CHANGE_KILLS = TestSizes.pick(5, 100);
  private static final int HISTORY_KILLS = TestSizes.pick(5, 100);
  private static final int REBUILD_KILLS = TestSizes.pick(4, 40);
  private static final int REBUILD_MILLIS_MAX = 2_500;

  @TempDir Path temporary;

  @Test
  void whatWasAcknowledgedSurvivesKillsAtRandomMoments() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          Map<Digest, Long> acknowledged = new TreeMap<>();
          for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              acknowledged.putAll(new PutStorm(random.split(), server).runUntilKilled());
            }
            store.requireClean();
          }
          assertThat(acknowledged).as("puts that were acknowledged at all").isNotEmpty();
          try (AifsClient client = store.open()) {
            acknowledged.forEach((id, seed) -> requireReadable(client, id, seed));
          }
        });
  }

  @Test
  void changesOfEveryKindAreDoneOrNotAtAnyKill() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          List<KnownPart> parts = ChangeStorm.parts();
          for (int kill = 0; kill < CHANGE_KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              new ChangeStorm(random.split(), server).runUntilKilled(parts);
            }
            try (AifsClient client = store.open()) {
              parts.forEach(part -> part.requireIn(client));
              StoreUnderTest.requireClean(client);
            }
          }
          assertThat(parts).anySatisfy(part -> assertThat(part.paths()).isNotEmpty());
        });
  }

  @Test
  void collectionsThatAreKilledLoseNothing() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          List<KnownPart> parts = ChangeStorm.parts();
          for (int kill = 0; kill < CHANGE_KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              new ChangeStorm(random.split(), server).collecting().runUntilKilled(parts);
            }
            try (AifsClient client = store.open()) {
              parts.forEach(part -> part.requireIn(client));
              StoreUnderTest.requireClean(client);
            }
          }
          assertThat(parts).anySatisfy(part -> assertThat(part.paths()).isNotEmpty());
        });
  }

  @Test
  void snapshotsMergesAndTagsAreDoneOrNotAtAnyKill() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          HistoryStorm storm = new HistoryStorm();
          for (int kill = 0; kill < HISTORY_KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              storm.runUntilKilled(random.split(), server);
            }
            try (AifsClient client = store.open()) {
              storm.requireIn(client);
              StoreUnderTest.requireClean(client);
            }
          }
          assertThat(storm.size()).as("snapshots that were acknowledged").isPositive();
        });
  }

  @Test
  void aRebuildThatIsKilledCanBeDoneAgain() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          List<KnownPart> parts = ChangeStorm.parts();
          try (ServerProcess server = ServerProcess.start(store, 256)) {
            new ChangeStorm(random.split(), server).runUntilKilled(parts);
          }
          for (int kill = 0; kill < REBUILD_KILLS; kill++) {
            Process rebuild =
                CliProcess.of(store.homes(), "fsck", "--rebuild-catalog", "-y").start();
            var _ = rebuild.waitFor(random.nextInt(REBUILD_MILLIS_MAX), TimeUnit.MILLISECONDS);
            rebuild.destroyForcibly().waitFor();
          }
          CliResult done = CliProcess.run(store.homes(), "fsck", "--rebuild-catalog", "-y");
          assertThat(done.exit()).as(done.errors()).isIn(0, 1); // 1: the kill left a torn tail
          try (AifsClient client = store.open()) {
            parts.forEach(part -> part.requireIn(client));
            StoreUnderTest.requireClean(client);
          }
        });
  }

  private static void requireReadable(AifsClient client, Digest id, long seed) {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      assertThat(in.readAllBytes())
          .as("an asset that was acknowledged before a kill")
          .isEqualTo(PutStorm.content(seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

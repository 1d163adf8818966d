package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.client.PutOptions;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every byte of every small file of a store, flipped in turn while the store is open: one bit of
 * each, all eight under {@code ./check --full}. Named by fsck, never wrong bytes, and never more
 * lost than the one record that was hit. {@code FlippedBitTest} opens the store anew for a sample.
 */
class EveryByteTest {
  private static final int ASSETS = 4;

  @TempDir Path temporary;

  @Test
  void everyByteOfASealedPackIsNamedAndCostsOneRecord() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("sealed"));
          Map<Digest, byte[]> contents = new HashMap<>();
          try (AifsClient client = store.open()) {
            contents.putAll(putSmall(client));
          }
          flipEveryByteOfThePack(random, store, contents);
        });
  }

  @Test
  void everyByteOfAPackThatAKillLeftIsNamedAndCostsOneRecord() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("killed"));
          Map<Digest, byte[]> contents = new HashMap<>();
          try (ServerProcess server = ServerProcess.start(store, 256)) {
            try (AifsClient client = server.connect()) {
              contents.putAll(putSmall(client));
            }
            server.kill();
          }
          flipEveryByteOfThePack(random, store, contents);
        });
  }

  @Test
  void everyByteOfKeyFilesAndFormatIsNamedAndCostsNothing() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("keys"));
          try (AifsClient client = store.open()) {
            Map<Digest, byte[]> contents = putSmall(client);
            for (Path file : smallFiles(store)) {
              flipEach(
                  random,
                  file,
                  where -> {
                    List<Finding> findings = StoreUnderTest.findings(client);
                    assertThat(findings).as(where).hasSize(1);
                    assertThat(findings.getFirst().message())
                        .as(where)
                        .contains(file.getFileName().toString());
                    assertThat(findings.getFirst().fix()).as(where).isEqualTo("restore-file");
                  });
            }
            assertThat(damaged(client, contents)).isEmpty();
          }
          store.requireClean();
        });
  }

  @Test
  void aFlippedKeyFileOrFormatIsNamedWhenTheStoreIsOpened() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("opened"));
          Map<Digest, byte[]> contents = new HashMap<>();
          try (AifsClient client = store.open()) {
            contents.putAll(putSmall(client));
          }
          for (Path file : smallFiles(store)) {
            byte[] right = Files.readAllBytes(file);
            for (int i = 0; i < TestSizes.pick(3, 100); i++) {
              byte[] wrong = right.clone();
              int position = random.nextInt(right.length);
              wrong[position] ^= (byte) (1 << random.nextInt(8));
              Files.write(file, wrong);
              requireNamedOrWhole(store, contents, file, "byte " + position + " of " + file);
            }
            Files.write(file, right);
          }
          store.requireClean();
        });
  }

  private static void requireNamedOrWhole(
      StoreUnderTest store, Map<Digest, byte[]> contents, Path file, String where)
      throws IOException {
    String name = file.getFileName().toString();
    try (AifsClient client = store.open()) {
      damaged(client, contents); // a domain's keys are needed, and so looked at, only now
      assertThat(StoreUnderTest.findings(client).toString()).as(where).contains(name);
      assertThat(client.maintenance().fsck(false, true, event -> {}).repaired())
          .as(where)
          .isEqualTo(1);
      assertThat(damaged(client, contents)).as(where).isEmpty();
    } catch (AifsException.Corrupt | AifsException.Unsupported e) {
      assertThat(e.getMessage()).as(where).contains(name);
    } catch (AifsException e) {
      throw new AssertionError("refused without naming what is damaged: " + where, e);
    }
  }

  /** Assets of one record each. */
  private static Map<Digest, byte[]> putSmall(AifsClient client) {
    Map<Digest, byte[]> contents = new HashMap<>();
    for (int i = 0; i < ASSETS; i++) {
      byte[] bytes = new RandomStream(i, 40 + i).toBytes();
      contents.put(client.assets().put(PutOptions.blob(), Content.of(bytes)).id(), bytes);
    }
    return contents;
  }

  private static List<Path> smallFiles(StoreUnderTest store) throws IOException {
    List<Path> files = new ArrayList<>(List.of(store.data().resolve("FORMAT")));
    try (Stream<Path> keys = Files.walk(store.data().resolve("keys"))) {
      keys.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(4);
    return files;
  }

  private static void flipEveryByteOfThePack(
      SplittableRandom random, StoreUnderTest store, Map<Digest, byte[]> contents)
      throws IOException {
    Path pack = store.packs().getFirst();
    String id = pack.getFileName().toString().replace(".pack", "");
    Map<Digest, Integer> lost = new HashMap<>();
    try (AifsClient client = store.open()) {
      flipEach(
          random,
          pack,
          where -> {
            List<Digest> damaged = damaged(client, contents);
            assertThat(damaged).as(where).hasSizeLessThanOrEqualTo(1);
            damaged.forEach(asset -> lost.merge(asset, 1, Integer::sum));
            List<Finding> findings = StoreUnderTest.findings(client);
            assertThat(findings).as(where).anyMatch(finding -> finding.packId().equals(id));
            for (Digest asset : damaged) {
              assertThat(findings)
                  .as(where)
                  .anyMatch(finding -> finding.assetIds().contains(asset.hex()));
            }
          });
      assertThat(damaged(client, contents)).isEmpty();
    }
    assertThat(lost.keySet()).as("assets that a flip cost").isEqualTo(contents.keySet());
    store.requireClean();
  }

  private interface Check {
    void run(String where) throws IOException;
  }

  /** Flips bytes one after the other, and puts each back. */
  private static void flipEach(SplittableRandom random, Path file, Check check) throws IOException {
    byte[] right = Files.readAllBytes(file);
    for (int position = 0; position < right.length; position++) {
      int first = random.nextInt(8);
      for (int i = 0; i < TestSizes.pick(1, 8); i++) {
        int bit = (first + i) % 8;
        byte[] wrong = right.clone();
        wrong[position] ^= (byte) (1 << bit);
        Files.write(file, wrong);
        check.run("bit " + bit + " of byte " + position + " in " + file.getFileName());
      }
    }
    Files.write(file, right);
  }

  /**
   * The assets that are damaged on disk; fails on wrong bytes. A read may come from memory, which
   * holds what was right when it was read; verify reads the disk.
   */
  private static List<Digest> damaged(AifsClient client, Map<Digest, byte[]> contents)
      throws IOException {
    List<Digest> damaged = new ArrayList<>();
    for (Map.Entry<Digest, byte[]> asset : contents.entrySet()) {
      boolean valid = client.assets().verify(asset.getKey()).valid();
      if (!valid) {
        damaged.add(asset.getKey());
      }
      boolean reads = SmallStore.reads(client, asset.getKey(), asset.getValue());
      assertThat(reads || !valid).as("a sound asset is read: %s", asset.getKey()).isTrue();
    }
    return damaged;
  }
}

package io.aifs.vector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The contract, and what comes back from rest. */
class LuceneVectorIndexTest extends VectorIndexContract {
  private static final LuceneVectorIndex.Options OPTIONS =
      new LuceneVectorIndex.Options(2, 4, 1_000);
  private static final IndexSpec SPEC =
      new IndexSpec(5, Similarity.EUCLIDEAN, IndexSpec.Storage.FLOAT32);

  @Override
  protected VectorIndex open(IndexSpec spec, AssetNumbers numbers) throws IOException {
    return LuceneVectorIndex.open(spec, new FilesInMemory(), numbers, OPTIONS);
  }

  private static LuceneVectorIndex open(FilesInMemory files) throws IOException {
    return LuceneVectorIndex.open(SPEC, files, new AssetNumbers(), OPTIONS);
  }

  private static List<AssetVectors> assets(SplittableRandom random, int first, int end) {
    RandomAssets some = new RandomAssets(random, SPEC.dimension());
    List<AssetVectors> assets = new ArrayList<>();
    for (int i = first; i < end; i++) {
      assets.add(some.asset(i, 2));
    }
    return assets;
  }

  private static void checkAll(VectorIndex index, Answers answers) throws IOException {
    VectorQuery query = VectorQuery.of(new float[SPEC.dimension()], answers.assets() + 1);
    answers.check(query, index.search(query));
  }

  @Test
  void whatWasCommittedComesBack() {
    SeededTest.run(
        3,
        random -> {
          FilesInMemory files = new FilesInMemory();
          Answers answers = new Answers(SPEC);
          try (VectorIndex index = open(files)) {
            answers.replace(commit(index, assets(random, 0, 300), 3));
            answers.replace(commit(index, assets(random, 250, 500), 4));
            index.replace(assets(random, 0, 1_000));
            index.refresh();
          }
          try (VectorIndex index = open(files)) {
            assertThat(index.position()).hasValue(4);
            checkAll(index, answers);
            answers.replace(commit(index, assets(random, 400, 600), 5));
            index.optimize();
            checkAll(index, answers);
            assertThat(index.stats().segments()).isEqualTo(1);
            assertThat(index.stats().deleted()).isZero();
            assertThat(index.stats().diskBytes())
                .isEqualTo(files.files.values().stream().mapToLong(bytes -> bytes.length).sum());
          }
          try (VectorIndex index = open(files)) {
            checkAll(index, answers);
          }
        });
  }

  private static List<AssetVectors> commit(
      VectorIndex index, List<AssetVectors> assets, long position) throws IOException {
    index.replace(assets);
    index.commit(position);
    return assets;
  }

  @Test
  void whatNoCommitNamesNeverRests() throws IOException {
    FilesInMemory files = new FilesInMemory();
    try (VectorIndex index = open(files)) {
      for (int i = 0; i < 20; i++) {
        index.replace(assets(new SplittableRandom(i), 0, 50));
        index.refresh();
      }
      assertThat(files.files).isEmpty();
    }
    assertThat(files.files).isEmpty();
  }

  @Test
  void aCrashLeavesTheLastCommitOrTheOneUnderWay() {
    SeededTest.run(
        40,
        random -> {
          FilesInMemory files = new FilesInMemory();
          Answers before = new Answers(SPEC);
          Answers after = new Answers(SPEC);
          VectorIndex index = open(files);
          List<AssetVectors> first = commit(index, assets(random, 0, 100), 1);
          before.replace(first);
          after.replace(first);
          if (random.nextBoolean()) {
            index.refresh();
          }
          files.crashAfter(random.nextInt(12));
          List<AssetVectors> second = assets(random, 50, 200);
          after.replace(second);
          boolean returned = false;
          try {
            commit(index, second, 2);
            index.optimize();
            returned = true;
          } catch (IOException crash) {
            assertThat(crash).hasStackTraceContaining("crashed");
          }
          FilesInMemory left = files.afterCrash(random.nextBoolean());
          closeQuietly(index);
          try (VectorIndex again = open(left)) {
            long position = again.position().orElseThrow();
            assertThat(position).isBetween(returned ? 2L : 1L, 2L);
            checkAll(again, position == 1 ? before : after);
            again.checkIntegrity();
          }
        });
  }

  private static void closeQuietly(VectorIndex index) {
    try {
      index.close();
    } catch (IOException crashed) {
      assertThat(crashed).hasStackTraceContaining("crashed");
    }
  }

  @Test
  void damageIsFoundOrHarmless() {
    SeededTest.run(
        60,
        random -> {
          FilesInMemory files = new FilesInMemory();
          Answers answers = new Answers(SPEC);
          try (VectorIndex index = open(files)) {
            answers.replace(commit(index, assets(random, 0, 150), 1));
            answers.replace(commit(index, assets(random, 100, 200), 2));
            harm(random, files);
            assertThatThrownBy(index::checkIntegrity).isInstanceOf(IndexDamagedException.class);
          }
          try (VectorIndex index = open(files)) {
            if (index.position().isPresent()) {
              checkAll(index, answers);
            }
          } catch (IndexDamagedException expected) {
            assertThat(expected).hasMessageMatching(".*(damaged|gone).*");
          }
        });
  }

  private static void harm(SplittableRandom random, FilesInMemory files) {
    List<String> names = files.list();
    String name = names.get(random.nextInt(names.size()));
    byte[] bytes = requireNonNull(files.files.get(name)).clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        files.files.put(name, bytes);
      }
      case 1 -> files.files.put(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      default -> files.files.remove(name);
    }
  }

  @Test
  void anIndexOfAnotherKindIsDamaged() throws IOException {
    FilesInMemory files = new FilesInMemory();
    try (VectorIndex index = open(files)) {
      index.commit(1);
    }
    for (IndexSpec other :
        List.of(
            new IndexSpec(6, SPEC.similarity(), SPEC.storage()),
            new IndexSpec(5, Similarity.COSINE, SPEC.storage()),
            new IndexSpec(5, Similarity.COSINE, IndexSpec.Storage.INT8))) {
      assertThatThrownBy(() -> LuceneVectorIndex.open(other, files, new AssetNumbers(), OPTIONS))
          .isInstanceOf(IndexDamagedException.class)
          .hasMessageContaining("another");
    }
  }

  @Test
  void bytesTakeLessThanHalfOfTheMemory() throws IOException {
    assertThat((double) memory(IndexSpec.Storage.INT8))
        .isLessThan(0.45 * memory(IndexSpec.Storage.FLOAT32));
  }

  private static long memory(IndexSpec.Storage storage) throws IOException {
    IndexSpec spec = new IndexSpec(256, Similarity.COSINE, storage);
    RandomAssets some = new RandomAssets(new SplittableRandom(7), spec.dimension());
    List<AssetVectors> assets = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      AssetVectors.Part part = new AssetVectors.Part("", some.vector());
      Facts facts = new Facts(1, i, i, Map.of());
      assets.add(new AssetVectors(RandomAssets.key(i), facts, List.of(part)));
    }
    try (VectorIndex index =
        LuceneVectorIndex.open(spec, new FilesInMemory(), new AssetNumbers(), OPTIONS)) {
      index.replace(assets);
      index.optimize();
      return index.stats().memoryBytes();
    }
  }
}

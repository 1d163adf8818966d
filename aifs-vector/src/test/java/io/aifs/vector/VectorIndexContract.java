package io.aifs.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link VectorIndex} promises. Subclasses only say how to open one. */
public abstract class VectorIndexContract {
  private static final IndexSpec PLANE =
      new IndexSpec(2, Similarity.COSINE, IndexSpec.Storage.FLOAT32);

  /** An empty one. */
  protected abstract VectorIndex open(IndexSpec spec, AssetNumbers numbers) throws IOException;

  static Stream<IndexSpec> specs() {
    return Stream.of(Similarity.values())
        .flatMap(
            similarity ->
                Stream.of(IndexSpec.Storage.values())
                    .filter(
                        storage ->
                            storage == IndexSpec.Storage.FLOAT32 || similarity == Similarity.COSINE)
                    .flatMap(
                        storage ->
                            Stream.of(1, 3, 20, 100)
                                .map(length -> new IndexSpec(length, similarity, storage))));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void randomChangesAreFoundAsTheyAre(IndexSpec spec) {
    SeededTest.run(2, random -> compare(spec, random, 300));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void thousandsAreFoundAsTheyAre(IndexSpec spec) {
    if (spec.dimension() == 20) {
      SeededTest.run(1, random -> compare(spec, random, 5_000));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theLongestVectorsAreFound(IndexSpec spec) {
    if (spec.dimension() == 1) {
      IndexSpec longest = new IndexSpec(IndexSpec.DIMENSION_MAX, spec.similarity(), spec.storage());
      SeededTest.run(1, random -> compare(longest, random, 40));
    }
  }

  private void compare(IndexSpec spec, SplittableRandom random, int assets) throws Exception {
    AssetNumbers numbers = new AssetNumbers();
    RandomAssets some = new RandomAssets(random, spec.dimension());
    Answers answers = new Answers(spec);
    int partsMost = 1 + random.nextInt(2) * random.nextInt(5);
    try (VectorIndex index = open(spec, numbers)) {
      for (int round = 0; round < 6; round++) {
        List<AssetVectors> batch = new ArrayList<>();
        for (int i = 0; i < assets / 6 + 1; i++) {
          int number = random.nextInt(assets);
          batch.add(
              random.nextInt(6) == 0
                  ? RandomAssets.nothing(number)
                  : some.asset(number, partsMost));
        }
        index.replace(batch);
        answers.replace(batch);
        if (random.nextInt(3) == 0) {
          index.commit(round);
        }
        if (random.nextInt(8) == 0) {
          index.optimize();
        }
        index.refresh();
        assertThat(index.stats().vectors()).isEqualTo(answers.vectors());
        for (int i = 0; i < 12; i++) {
          VectorQuery query = query(random, some, numbers, answers);
          answers.check(query, index.search(query));
        }
      }
      index.checkIntegrity();
    }
  }

  private static VectorQuery query(
      SplittableRandom random, RandomAssets some, AssetNumbers numbers, Answers answers) {
    return new VectorQuery(
        some.vector(),
        random.nextInt(6) == 0 ? 1 + random.nextInt(answers.assets() + 100) : 1 + random.nextInt(8),
        random.nextInt(3) * random.nextInt(20),
        random.nextBoolean(),
        random.nextInt(4) == 0 ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
        random.nextBoolean() ? Optional.of(some.condition(3)) : Optional.empty(),
        random.nextInt(3) == 0 ? Optional.of(set(random, numbers, answers)) : Optional.empty());
  }

  private static AssetSet set(SplittableRandom random, AssetNumbers numbers, Answers answers) {
    int odds = 1 + random.nextInt(50);
    BitSet members = new BitSet();
    answers.keys().stream()
        .filter(_ -> random.nextInt(odds) == 0)
        .forEach(key -> members.set(numbers.of(key)));
    return new AssetSet(numbers, members);
  }

  private static AssetVectors asset(long number, float... values) {
    return new AssetVectors(
        RandomAssets.key(number),
        new Facts(1, 10, 100, Map.of()),
        List.of(new AssetVectors.Part("", values)));
  }

  @Test
  void theSameDirectionScoresOne() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      index.replace(List.of(asset(1, 3, 4), asset(2, -3, -4)));
      index.refresh();
      List<Hit> hits = index.search(VectorQuery.of(new float[] {0.3f, 0.4f}, 5));
      assertThat(hits)
          .extracting(Hit::asset)
          .containsExactly(RandomAssets.key(1), RandomAssets.key(2));
      assertThat(hits).extracting(Hit::score).containsExactly(1f, -1f);
    }
  }

  @Test
  void theEquallyNearAreInOrderOfTheirKeys() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      List<AssetVectors> same = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        same.add(asset(i, 1, 1));
        index.replace(List.of(same.getLast()));
        index.refresh();
      }
      assertThat(index.search(VectorQuery.of(new float[] {1, 1}, 10)))
          .extracting(Hit::asset)
          .containsExactlyElementsOf(same.stream().map(AssetVectors::asset).sorted().toList());
    }
  }

  @Test
  void changesAreFoundAfterARefresh() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      VectorQuery query = VectorQuery.of(new float[] {1, 0}, 3);
      assertThat(index.search(query)).isEmpty();
      index.replace(List.of(asset(1, 1, 0)));
      assertThat(index.search(query)).isEmpty();
      index.refresh();
      assertThat(index.search(query)).hasSize(1);
      index.replace(List.of(RandomAssets.nothing(1), RandomAssets.nothing(2)));
      assertThat(index.search(query)).hasSize(1);
      index.refresh();
      assertThat(index.search(query)).isEmpty();
    }
  }

  @Test
  void theLastOfABatchCounts() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      index.replace(
          List.of(asset(1, 1, 0), asset(2, 1, 0), asset(1, 0, 1), RandomAssets.nothing(2)));
      index.refresh();
      List<Hit> hits = index.search(VectorQuery.of(new float[] {0, 1}, 3));
      assertThat(hits).extracting(Hit::asset).containsExactly(RandomAssets.key(1));
      assertThat(hits.getFirst().score()).isEqualTo(1f);
    }
  }

  @Test
  void positionsAreThoseOfCommits() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      assertThat(index.position()).isEmpty();
      index.commit(5);
      index.replace(List.of(asset(1, 1, 0)));
      assertThat(index.position()).hasValue(5);
      index.commit(-7);
      index.optimize();
      assertThat(index.position()).hasValue(-7);
    }
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() throws IOException {
    try (VectorIndex index = open(PLANE, new AssetNumbers())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.replace(List.of(asset(1, 1, 0), asset(2, 1))));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.search(VectorQuery.of(new float[3], 1)));
      index.refresh();
      assertThat(index.stats().vectors()).isZero();
    }
  }
}

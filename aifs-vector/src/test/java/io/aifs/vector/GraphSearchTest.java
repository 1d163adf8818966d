package io.aifs.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches along graphs, with little effort: they find nearly what looking at everything finds. */
class GraphSearchTest {
  private static final int ASSETS = 6_000;
  private static final int K = 10;
  private static final int QUERIES = 60;
  private static final int EFFORT = 60;

  @ParameterizedTest
  @EnumSource(IndexSpec.Storage.class)
  void nearlyAllOfTheNearestAreFound(IndexSpec.Storage storage) {
    IndexSpec spec = new IndexSpec(16, Similarity.COSINE, storage);
    SeededTest.run(
        1,
        random -> {
          AssetNumbers numbers = new AssetNumbers();
          try (VectorIndex index =
              LuceneVectorIndex.open(
                  spec, new FilesInMemory(), numbers, LuceneVectorIndex.Options.DEFAULT)) {
            RandomAssets some = new RandomAssets(random, spec.dimension());
            List<AssetVectors> assets = new ArrayList<>();
            for (int i = 0; i < ASSETS; i++) {
              Facts facts = new Facts(i % 2, i, i, Map.of());
              assets.add(new AssetVectors(RandomAssets.key(i), facts, some.asset(i, 2).parts()));
            }
            index.replace(assets);
            index.optimize();
            assertThat(recall(index, some, Optional.empty())).isGreaterThan(0.9);
            for (int oneOf : List.of(2, 5, 20, 1_000)) {
              Optional<AssetSet> set = Optional.of(set(numbers, random, oneOf));
              assertThat(recall(index, some, set)).as("one of " + oneOf).isGreaterThan(0.9);
            }
          }
        });
  }

  private static AssetSet set(AssetNumbers numbers, SplittableRandom random, int oneOf) {
    BitSet members = new BitSet();
    for (int i = 0; i < ASSETS; i++) {
      if (random.nextInt(oneOf) == 0) {
        members.set(numbers.of(RandomAssets.key(i)));
      }
    }
    return new AssetSet(numbers, members);
  }

  private static double recall(VectorIndex index, RandomAssets some, Optional<AssetSet> within)
      throws Exception {
    int found = 0;
    int all = 0;
    for (int i = 0; i < QUERIES; i++) {
      float[] vector = some.vector();
      Set<AssetKey> right = keys(index.search(query(vector, true, within)));
      Set<AssetKey> hits = keys(index.search(query(vector, false, within)));
      assertThat(hits).hasSameSizeAs(right);
      all += right.size();
      hits.retainAll(right);
      found += hits.size();
    }
    return all == 0 ? 1 : (double) found / all;
  }

  private static VectorQuery query(float[] vector, boolean exact, Optional<AssetSet> within) {
    return new VectorQuery(
        vector, K, EFFORT, exact, OptionalDouble.empty(), Optional.empty(), within);
  }

  private static Set<AssetKey> keys(List<Hit> hits) {
    Set<AssetKey> keys = new HashSet<>();
    hits.forEach(hit -> keys.add(hit.asset()));
    return keys;
  }
}

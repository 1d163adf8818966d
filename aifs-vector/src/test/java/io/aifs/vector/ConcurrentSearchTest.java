package io.aifs.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Searches while the index changes under them. */
class ConcurrentSearchTest {
  private static final IndexSpec SPEC =
      new IndexSpec(8, Similarity.COSINE, IndexSpec.Storage.FLOAT32);
  private static final int ASSETS = 400;
  private static final int K = 25;

  /** Kind 1 stays, and is replaced by itself; kind 2 comes and goes. */
  private static final Condition STAYS = new Condition.KindIn(Set.of(1));

  @Test
  void everySearchSeesEachAssetOnceAndAllThatStay() {
    SeededTest.run(
        1,
        random -> {
          AssetNumbers numbers = new AssetNumbers();
          FilesInMemory files = new FilesInMemory();
          AtomicBoolean ended = new AtomicBoolean();
          try (VectorIndex index =
                  LuceneVectorIndex.open(
                      SPEC, files, numbers, new LuceneVectorIndex.Options(2, 1, 100));
              ExecutorService threads = Executors.newFixedThreadPool(3)) {
            RandomAssets some = new RandomAssets(random.split(), SPEC.dimension());
            index.replace(batch(some, 0, ASSETS, false));
            index.refresh();
            List<Future<Integer>> searches = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
              searches.add(threads.submit(searcher(index, random.split(), ended)));
            }
            try {
              change(index, some, random);
            } finally {
              ended.set(true);
            }
            for (Future<Integer> search : searches) {
              assertThat(search.get()).isPositive();
            }
            index.checkIntegrity();
          }
        });
  }

  private static void change(VectorIndex index, RandomAssets some, SplittableRandom random)
      throws Exception {
    for (int round = 0; round < 60; round++) {
      int first = random.nextInt(ASSETS);
      index.replace(batch(some, first, Math.min(ASSETS, first + 40), random.nextBoolean()));
      index.refresh();
      if (round % 10 == 0) {
        index.commit(round);
      }
      if (round % 20 == 19) {
        index.optimize();
      }
    }
  }

  private static List<AssetVectors> batch(
      RandomAssets some, int first, int end, boolean withoutThoseThatGo) {
    List<AssetVectors> batch = new ArrayList<>();
    for (int i = first; i < end; i++) {
      boolean stays = i % 2 == 0;
      batch.add(
          !stays && withoutThoseThatGo
              ? RandomAssets.nothing(i)
              : new AssetVectors(
                  RandomAssets.key(i),
                  new Facts(stays ? 1 : 2, i, i, Map.of()),
                  some.asset(i, 3).parts()));
    }
    return batch;
  }

  private static Callable<Integer> searcher(
      VectorIndex index, SplittableRandom random, AtomicBoolean ended) {
    RandomAssets some = new RandomAssets(random, SPEC.dimension());
    return () -> {
      int searches = 0;
      while (!ended.get() || searches == 0) {
        boolean filtered = random.nextBoolean();
        int k = filtered ? ASSETS : K;
        List<Hit> hits =
            index.search(
                new VectorQuery(
                    some.vector(),
                    k,
                    k,
                    random.nextBoolean(),
                    OptionalDouble.empty(),
                    filtered ? Optional.of(STAYS) : Optional.empty(),
                    Optional.empty()));
        Set<AssetKey> seen = new HashSet<>();
        hits.forEach(hit -> seen.add(hit.asset()));
        assertThat(seen).hasSameSizeAs(hits);
        assertThat(hits).hasSize(filtered ? ASSETS / 2 : K);
        searches++;
      }
      return searches;
    };
  }
}

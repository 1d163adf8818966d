package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.Limits;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a server while its embeddings change: then searches agree with what was said. */
class SearchCrashTest {
  private static final int KILLS = TestSizes.pick(6, 20);
  private static final int SAMPLES = 32;
  private static final int EFFORT = 1_000;
  private static final int NEAREST = 5;

  @TempDir Path temporary;
  private int byGraph;

  @Test
  void searchAgreesWithTheCatalogAfterEveryKill() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          try (AifsClient client = store.open()) {
            client
                .search()
                .createSpace(
                    new EmbeddingSpace(
                        SearchStorm.SPACE,
                        SearchStorm.DIMENSION,
                        VectorMetric.COSINE,
                        "",
                        VectorStorage.FLOAT32));
          }
          SearchStorm storm = new SearchStorm();
          for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              requireAgrees(random, server, storm);
              storm.runUntilKilled(random.split(), server);
            }
          }
          try (ServerProcess server = ServerProcess.start(store, 256)) {
            requireAgrees(random, server, storm);
          }
          assertThat(storm.live()).as("embeddings that were acknowledged").isNotEmpty();
          assertThat(byGraph).as("searches that an index answered").isPositive();
          store.requireClean();
        });
  }

  private void requireAgrees(SplittableRandom random, ServerProcess server, SearchStorm storm) {
    try (AifsClient client = server.connect()) {
      Search search = client.search();
      requireAllIsFound(search, storm.live());
      Set<Digest> all = everything(search, random);
      all.removeAll(storm.live().keySet());
      all.removeAll(storm.unknown());
      assertThat(all).as("what is found and is gone, or never was").isEmpty();
      requireExactAndGraphAgree(search, random);
    }
  }

  private void requireAllIsFound(Search search, Map<Digest, float[]> live) {
    List<Map.Entry<Digest, float[]>> all = new ArrayList<>(live.entrySet());
    for (int from = 0; from < all.size(); from += Limits.SEARCH_QUERIES_MAX) {
      List<Map.Entry<Digest, float[]>> some =
          all.subList(from, Math.min(all.size(), from + Limits.SEARCH_QUERIES_MAX));
      Search.Answer answer = ask(search, vectors(some), 1, false);
      for (int i = 0; i < some.size(); i++) {
        assertThat(answer.results().get(i))
            .as("what is nearest to an embedding that was acknowledged")
            .extracting(Search.Hit::asset)
            .containsExactly(some.get(i).getKey());
      }
    }
  }

  private static List<float[]> vectors(List<Map.Entry<Digest, float[]>> entries) {
    return entries.stream().map(Map.Entry::getValue).toList();
  }

  private Set<Digest> everything(Search search, SplittableRandom random) {
    Search.Answer answer =
        ask(search, List.of(SearchStorm.vector(random)), Limits.SEARCH_K_MAX, true);
    Set<Digest> all = new HashSet<>();
    answer.results().getFirst().forEach(hit -> all.add(hit.asset()));
    return all;
  }

  private void requireExactAndGraphAgree(Search search, SplittableRandom random) {
    List<float[]> probes = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      probes.add(SearchStorm.vector(random));
    }
    Search.Answer exact = ask(search, probes, NEAREST, true);
    Search.Answer graph = ask(search, probes, NEAREST, false);
    byGraph += graph.exact() ? 0 : 1;
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(assets(graph.results().get(i))).isEqualTo(assets(exact.results().get(i)));
    }
  }

  private static List<Digest> assets(List<Search.Hit> hits) {
    return hits.stream().map(Search.Hit::asset).toList();
  }

  /** Once the index has what the store has. */
  private static Search.Answer ask(Search search, List<float[]> vectors, int k, boolean exact) {
    return search.search(
        new SearchRequest(
            Optional.of(SearchStorm.SPACE),
            vectors.stream().<Search.Probe>map(Search.Probe.Near::new).toList(),
            k,
            EFFORT,
            exact,
            OptionalDouble.empty(),
            List.of(),
            Optional.empty(),
            TreePath.ROOT,
            false,
            Duration.ofSeconds(60)));
  }
}

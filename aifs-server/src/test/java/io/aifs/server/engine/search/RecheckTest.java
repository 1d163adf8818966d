package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Facts;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an index says, answers are what the catalog shows, and never short. */
class RecheckTest {
  private static final int DIMENSION = 4;
  private static final IndexSpec SPEC =
      new IndexSpec(DIMENSION, Similarity.COSINE, IndexSpec.Storage.FLOAT32);

  @TempDir Path directory;

  /** What may be found: the vectors of each asset. */
  private static final class Truth {
    private final Map<Digest, List<float[]>> found = new HashMap<>();

    List<Digest> nearest(float[] to, int k) {
      return found.entrySet().stream()
          .sorted(
              Comparator.<Map.Entry<Digest, List<float[]>>>comparingDouble(
                      entry -> -score(entry.getValue(), to))
                  .thenComparing(Map.Entry::getKey))
          .limit(k)
          .map(Map.Entry::getKey)
          .toList();
    }

    private static double score(List<float[]> vectors, float[] to) {
      return vectors.stream()
          .mapToDouble(one -> Similarity.COSINE.score(to, one))
          .max()
          .orElseThrow();
    }
  }

  static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return vector;
  }

  @Test
  void liesOfAnIndexReachNobody() {
    SeededTest.run(
        4,
        random -> {
          Path own = Files.createTempDirectory(directory, "store");
          try (SearchFixture store = new SearchFixture(own)) {
            SplittableRandom lies = random.split();
            ScriptedIndex index = new ScriptedIndex(SPEC, (query, all) -> lied(query, all, lies));
            Truth truth = new Truth();
            fill(store, index, truth, random);
            SearchService search = store.over(store.only(index, store.newest()));
            for (int i = 0; i < 30; i++) {
              float[] to = vector(random);
              int k = 1 + random.nextInt(40);
              SearchAnswer answer =
                  search.search(store.space, SearchFixture.near(to).k(k).where("ok=yes").made());
              assertThat(answer.results().getFirst())
                  .hasSize(Math.min(k, truth.found.size()))
                  .allSatisfy(found -> assertThat(truth.found).containsKey(found.row().id()));
              List<Digest> expected = truth.nearest(to, k);
              SearchAnswer exact =
                  search.search(
                      store.space, SearchFixture.near(to).k(k).where("ok=yes").exact().made());
              assertThat(SearchFixture.ids(exact)).isEqualTo(expected);
            }
          }
        });
  }

  /**
   * Hits of an index that does not know conditions and sets, says some twice, and finds fewer than
   * there are unless it is to look at everything.
   */
  private static List<Hit> lied(VectorQuery query, VectorIndex all, SplittableRandom random)
      throws IOException {
    VectorQuery blind =
        new VectorQuery(
            query.vector(),
            query.k(),
            query.effort(),
            query.exact(),
            query.least(),
            Optional.empty(),
            Optional.empty());
    List<Hit> hits = new ArrayList<>(all.search(blind));
    if (!query.exact() && !hits.isEmpty() && random.nextBoolean()) {
      return List.copyOf(hits.subList(0, random.nextInt(hits.size())));
    }
    if (hits.size() == query.k() && random.nextInt(4) == 0) {
      hits.add(1, hits.getFirst());
    }
    return List.copyOf(hits);
  }

  /** Fifty assets, half of which an index should not know, or not so. */
  private static void fill(
      SearchFixture store, ScriptedIndex index, Truth truth, SplittableRandom random) {
    var _ = store.makeSpace(store.space, "s", DIMENSION, VectorMetric.COSINE);
    NamespaceRow other = store.namespace("other");
    var _ = store.makeSpace(other, "s", DIMENSION, VectorMetric.COSINE);
    List<AssetVectors> held = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int what = random.nextInt(10);
      NamespaceRow in = what == 0 ? other : store.space;
      Map<String, String> metadata = Map.of("ok", what == 1 ? "no" : "yes");
      Digest id = store.asset(in, "asset " + i, AssetKind.BLOB, metadata, false);
      float[] first = vector(random);
      float[] second = vector(random);
      store.embed(in, id, "s", "first", first, what == 2);
      List<AssetVectors.Part> parts =
          new ArrayList<>(
              List.of(
                  new AssetVectors.Part("first", first), new AssetVectors.Part("gone", second)));
      switch (what) {
        case 0, 1, 2 -> {
          // of another namespace; excluded by the condition; in quarantine
        }
        case 3 -> store.delete(in, id);
        case 4 -> store.unembed(in, id, "s", "first");
        case 5 -> {
          store.embed(in, id, "s", "third", second, false);
          parts.add(new AssetVectors.Part("third", second));
          truth.found.put(id, List.of(first, second));
        }
        default -> truth.found.put(id, List.of(first));
      }
      held.add(
          new AssetVectors(
              Assets.key(id), new Facts(0, 1, 1, Map.of("ok", "yes")), List.copyOf(parts)));
    }
    index.replace(held);
    index.refresh();
  }

  @Test
  void anIndexThatFailsIsGoneOnWithout() {
    try (SearchFixture store = new SearchFixture(directory)) {
      var _ = store.makeSpace(store.space, "s", DIMENSION, VectorMetric.COSINE);
      Digest id = store.asset("a");
      store.embed(id, "s", 1, 0, 0, 0);
      ScriptedIndex failing =
          new ScriptedIndex(
              SPEC,
              (_, _) -> {
                throw new IndexDamagedException("a page is not what was written");
              });
      SearchAnswer answer =
          store
              .over(store.only(failing, store.newest()))
              .search(store.space, SearchFixture.near(1, 0, 0, 0).made());
      assertThat(SearchFixture.ids(answer)).containsExactly(id);
      assertThat(answer.exact()).isTrue();
    }
  }

  @Test
  void aGraphIsAskedOnceWhereNothingIsDropped() {
    try (SearchFixture store = new SearchFixture(directory)) {
      var _ = store.makeSpace(store.space, "s", DIMENSION, VectorMetric.COSINE);
      List<VectorQuery> asked = new ArrayList<>();
      ScriptedIndex index =
          new ScriptedIndex(
              SPEC,
              (query, honest) -> {
                asked.add(query);
                return honest.search(query);
              });
      List<AssetVectors> held = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Digest id = store.asset("asset " + i);
        float[] vector = {1, i, 0, 0};
        store.embed(id, "s", vector);
        held.add(
            new AssetVectors(
                Assets.key(id),
                new Facts(0, 1, 1, Map.of()),
                List.of(new AssetVectors.Part("", vector))));
      }
      index.replace(held);
      index.refresh();
      SearchAnswer answer =
          store
              .over(store.only(index, store.newest()))
              .search(store.space, SearchFixture.near(1, 0, 0, 0).k(5).made());
      assertThat(answer.results().getFirst()).hasSize(5);
      assertThat(asked).hasSize(1);
      assertThat(asked.getFirst().k()).isEqualTo(5);
    }
  }
}

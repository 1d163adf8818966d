package io.aifs.server.engine.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.TestStore;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.embedding.Review;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.policy.PolicyService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches of a whole store while others put, delete, and put into quarantine. */
class SearchConcurrencyTest {
  private static final int DIMENSION = 8;
  private static final int WRITERS = 3;
  private static final int SEARCHERS = 3;
  private static final int WRITES =
      System.getProperty("aifs.test.sizes", "").equals("full") ? 1_500 : 120;
  private static final Name SPACE = new Name("s");

  /** Whoever is longer waits for approval. */
  private static final String POLICY =
      "{\"version\":1,\"embeddings\":{\"review\":\"outside_norm\",\"norm_max\":1.5}}";

  @TempDir Path directory;

  /** What is known of a namespace for sure; stamps differ each time something becomes so. */
  private static final class Known {
    private final NamespaceRow namespace;
    private final AtomicLong stamps = new AtomicLong();
    private final Set<Digest> begun = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Long> live = new ConcurrentHashMap<>();
    private final Map<Digest, Long> marked = new ConcurrentHashMap<>();
    private final Map<Digest, Long> hidden = new ConcurrentHashMap<>();

    Known(NamespaceRow namespace) {
      this.namespace = namespace;
    }

    void found(Digest id) {
      live.put(id, stamps.incrementAndGet());
    }

    void changes(Digest id) {
      live.remove(id);
      marked.remove(id);
      hidden.remove(id);
    }

    void isHidden(Digest id) {
      hidden.put(id, stamps.incrementAndGet());
    }

    static List<Digest> still(Map<Digest, Long> before, Map<Digest, Long> now) {
      return before.entrySet().stream()
          .filter(entry -> entry.getValue().equals(now.get(entry.getKey())))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  @Test
  void answersAreRightWhateverHappensMeanwhile() throws Exception {
    SplittableRandom seeds = new SplittableRandom(SeededTest.seed());
    try (TestStore store = TestStore.create(directory, Clock.systemUTC())) {
      Engine engine = store.engine();
      List<Known> all = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        NamespaceRow row =
            engine.namespaces().create(new Name(name), "", Map.of(), Optional.empty());
        EmbeddingSpace space =
            new EmbeddingSpace(SPACE, DIMENSION, VectorMetric.COSINE, "", VectorStorage.FLOAT32);
        var _ = engine.embeddings().createSpace(row, space, Optional.empty());
        setPolicy(engine, row);
        all.add(new Known(row));
      }
      AtomicInteger writing = new AtomicInteger(WRITERS);
      AtomicInteger searches = new AtomicInteger();
      try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + SEARCHERS)) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          Writer writer = new Writer(engine, all, "writer " + i, seeds.split());
          running.add(
              threads.submit(
                  () -> {
                    try {
                      writer.run();
                    } finally {
                      writing.decrementAndGet();
                    }
                  }));
        }
        for (int i = 0; i < SEARCHERS; i++) {
          SplittableRandom random = seeds.split();
          running.add(
              threads.submit(
                  () -> {
                    while (writing.get() > 0) {
                      search(engine, all.get(random.nextInt(2)), random);
                      searches.incrementAndGet();
                    }
                  }));
        }
        for (Future<?> one : running) {
          var _ = one.get();
        }
      }
      assertThat(searches.get()).isPositive();
    }
  }

  private static void setPolicy(Engine engine, NamespaceRow namespace) {
    var _ =
        engine
            .policies()
            .set(
                namespace,
                new PolicyService.Order(POLICY, OptionalLong.empty(), "test", ""),
                Optional.empty());
  }

  private static float[] vector(SplittableRandom random, double length) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    double norm = FloatVectors.norm(vector);
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (vector[i] / norm * length);
    }
    return vector;
  }

  /** Changes what only it changes, and says before and after what is so. */
  private static final class Writer {
    private final Engine engine;
    private final List<Known> all;
    private final String name;
    private final SplittableRandom random;

    /** What it has put, and not deleted, by namespace. */
    private final List<List<String>> own = List.of(new ArrayList<>(), new ArrayList<>());

    private int made;

    Writer(Engine engine, List<Known> all, String name, SplittableRandom random) {
      this.engine = engine;
      this.all = all;
      this.name = name;
      this.random = random;
    }

    void run() {
      for (int i = 0; i < WRITES; i++) {
        int where = random.nextInt(2);
        Known known = all.get(where);
        List<String> mine = own.get(where);
        int what = mine.size() < 5 ? 0 : random.nextInt(8);
        String content = mine.isEmpty() ? "" : mine.get(random.nextInt(mine.size()));
        switch (what) {
          case 0, 1, 2 -> mine.add(put(known));
          case 3 -> {
            delete(known, content);
            mine.remove(content);
          }
          case 4 -> hide(known, content, random.nextBoolean());
          case 5 -> embed(known, SearchFixture.idOf(content), 1);
          default -> mark(known, content);
        }
      }
    }

    private void store(NamespaceRow namespace, String content, Map<String, String> metadata) {
      FilePut file =
          new FilePut(
              new TreePath(content),
              new FilePut.What.Data(content.getBytes(UTF_8)),
              FileAttributes.PLAIN_FILE,
              AssetKind.BLOB,
              metadata,
              List.of());
      var _ = engine.files().put(namespace, Name.MAIN_BRANCH, List.of(file), Optional.empty());
    }

    private String put(Known known) {
      String content = known.namespace.name() + " " + name + " " + made++;
      Digest id = SearchFixture.idOf(content);
      known.begun.add(id);
      store(known.namespace, content, Map.of());
      embed(known, id, 1);
      return content;
    }

    /** Embeds an asset, which is to be found now. */
    private void embed(Known known, Digest id, double length) {
      known.changes(id);
      float[] vector = vector(random, length);
      embed(known.namespace, id, vector);
      known.found(id);
      SearchOrder order = SearchFixture.near(vector).in("s").k(3).made();
      SearchAnswer answer = engine.search().search(known.namespace, order);
      assertThat(answer.version()).isPositive();
      assertThat(SearchFixture.ids(answer)).as("what was just put").contains(id);
    }

    private void embed(NamespaceRow namespace, Digest id, float[] vector) {
      var _ =
          engine
              .embeddings()
              .put(
                  namespace,
                  SPACE,
                  List.of(new NewEmbedding(id, "", FloatVectors.encode(vector))),
                  Optional.empty());
    }

    private void hide(Known known, String content, boolean approve) {
      Digest id = SearchFixture.idOf(content);
      known.changes(id);
      embed(known.namespace, id, vector(random, 3));
      known.isHidden(id);
      known.changes(id);
      Review review =
          new Review(
              List.of(new EmbeddingName(id, SPACE, "")), false, Optional.empty(), approve, "");
      var _ = engine.embeddings().review(known.namespace, review, Optional.empty());
      if (approve) {
        known.found(id);
      } else {
        known.isHidden(id);
      }
    }

    private void mark(Known known, String content) {
      Digest id = SearchFixture.idOf(content);
      store(known.namespace, content, Map.of("marked", "yes"));
      Long stamp = known.live.get(id);
      if (stamp != null) {
        known.marked.put(id, stamp);
      }
    }

    private void delete(Known known, String content) {
      Digest id = SearchFixture.idOf(content);
      known.changes(id);
      engine.deletes().delete(known.namespace, id, true, name, "", Optional.empty());
      known.isHidden(id);
    }
  }

  private static void search(Engine engine, Known known, SplittableRandom random) {
    Map<Digest, Long> hidden = Map.copyOf(known.hidden);
    boolean marked = random.nextInt(3) == 0;
    Map<Digest, Long> live = marked ? known.marked : known.live;
    Map<Digest, Long> before = Map.copyOf(live);
    int k = 1 + random.nextInt(60);
    SearchFixture.Order order = SearchFixture.near(vector(random, 1)).in("s").k(k);
    if (marked) {
      order.where("marked=yes");
    }
    if (random.nextInt(4) == 0) {
      order.exact();
    }
    if (random.nextInt(8) == 0) {
      order.at("main");
    }

    List<Digest> found = SearchFixture.ids(engine.search().search(known.namespace, order.made()));

    assertThat(found).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(k);
    assertThat(known.begun).as("of this namespace, and put").containsAll(found);
    assertThat(found)
        .as("nothing deleted or in quarantine throughout")
        .doesNotContainAnyElementsOf(withOne(Known.still(hidden, known.hidden)));
    List<Digest> stayed = Known.still(before, live);
    assertThat(found)
        .as("of %s that stayed", stayed.size())
        .hasSizeGreaterThanOrEqualTo(Math.min(k, stayed.size()));
  }

  /** The assertion wants something to look for. */
  private static List<Digest> withOne(List<Digest> ids) {
    List<Digest> more = new ArrayList<>(ids);
    more.add(SearchFixture.idOf("never put"));
    return more;
  }
}

package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.LuceneVectorIndex;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.testing.ExactVectorIndex;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories: what is found at a ref is what a look at all its assets finds. */
class TimeTravelTest {
  private static final int DIMENSION = 6;
  private static final int STEPS = 60;

  @TempDir Path directory;

  @Test
  void withAnExactIndexTheAnswersAreEqual() {
    run(4, (spec, _) -> new ExactVectorIndex(spec), 1);
  }

  @Test
  void withStoresIndexesTheyAreCloseAndHoldNothingElse() {
    List<VectorIndex> opened = new CopyOnWriteArrayList<>();
    try {
      run(
          2,
          (spec, numbers) -> {
            VectorIndex index = lucene(spec, numbers);
            opened.add(index);
            return index;
          },
          0.95);
    } finally {
      opened.forEach(TimeTravelTest::close);
    }
  }

  private static VectorIndex lucene(IndexSpec spec, AssetNumbers numbers) {
    try {
      return LuceneVectorIndex.open(
          spec, new NoFiles(), numbers, new LuceneVectorIndex.Options(2, 16, 64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(VectorIndex index) {
    try {
      index.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an index rests that is never committed. */
  private static final class NoFiles implements VectorFiles {
    @Override
    public List<String> list() {
      return List.of();
    }

    @Override
    public void read(String name, Target target) throws IOException {
      throw new FileNotFoundException(name);
    }

    @Override
    public void write(String name, long length, Source source) throws IOException {
      throw new IOException("nothing is to be written: " + name);
    }

    @Override
    public void delete(String name) {
      // there is none
    }

    @Override
    public long sizeAtRest(String name) {
      return 0;
    }
  }

  /**
   * Compares answers over an index with those of a model.
   *
   * @param recall what part of the expected hits must be there, over all answers
   */
  private void run(int cases, FollowingIndexes.Factory factory, double recall) {
    SeededTest.run(
        cases,
        random -> {
          Path own = Files.createTempDirectory(directory, "store");
          try (SearchFixture store = new SearchFixture(own, factory)) {
            History history = new History(store, random);
            for (int i = 0; i < STEPS; i++) {
              history.step();
              if (i % 6 == 5) {
                history.compare(recall == 1);
              }
            }
            assertThat((double) history.hits / history.expected)
                .as("recall of %s hits", history.expected)
                .isGreaterThanOrEqualTo(recall);
          }
        });
  }

  /** What a ref holds. */
  private record State(Map<String, String> paths, Set<String> unnamed) {
    State copy() {
      return new State(new TreeMap<>(paths), new HashSet<>(unnamed));
    }
  }

  /** A store and a model of it. */
  private static final class History {
    private final SearchFixture store;
    private final SplittableRandom random;

    /** By branch, tag or {@code snap:ID}. */
    private final Map<String, State> refs = new TreeMap<>();

    private final List<SnapshotId> snapshots = new ArrayList<>();
    private final Map<String, float[]> vectors = new HashMap<>();

    /** What branches that begin at old snapshots name all the same, and nobody can put by name. */
    private final Set<String> deleted = new HashSet<>();

    private final List<String> branches = new ArrayList<>(List.of("main"));
    private int made;
    private long expected;
    private long hits;

    History(SearchFixture store, SplittableRandom random) {
      this.store = store;
      this.random = random;
      refs.put("main", new State(new TreeMap<>(), new HashSet<>()));
      var _ = store.makeSpace(store.space, "s", DIMENSION, VectorMetric.COSINE);
    }

    void step() {
      String branch = branches.get(random.nextInt(branches.size()));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> put(branch);
        case 4 -> unnamed();
        case 5 -> putAgain(branch);
        case 6 -> remove(branch);
        case 7 -> move(branch);
        case 8 -> delete();
        case 9 -> embedAgain();
        case 10 -> take(branch);
        default -> start();
      }
    }

    private State state(String ref) {
      return refs.getOrDefault(ref, new State(Map.of(), Set.of()));
    }

    private String asset(boolean unnamed) {
      String content = "content " + made++;
      Digest id = store.asset(store.space, content, AssetKind.BLOB, Map.of(), unnamed);
      if (random.nextInt(8) > 0) {
        vectors.put(content, vector());
        store.embed(id, "s", vectors.getOrDefault(content, new float[0]));
      }
      return content;
    }

    private float[] vector() {
      float[] vector = new float[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) random.nextDouble(-1, 1);
      }
      return vector;
    }

    private void put(String branch) {
      put(branch, asset(false));
    }

    private void put(String branch, String content) {
      String path = "d" + random.nextInt(4) + "/f" + random.nextInt(12);
      store.put(store.space, new Name(branch), path, content);
      state(branch).paths().put(path, content);
    }

    private void unnamed() {
      state("main").unnamed().add(asset(true));
    }

    private void putAgain(String branch) {
      List<String> known =
          state(branches.get(random.nextInt(branches.size()))).paths().values().stream()
              .filter(content -> !deleted.contains(content))
              .toList();
      if (!known.isEmpty()) {
        put(branch, known.get(random.nextInt(known.size())));
      }
    }

    private void remove(String branch) {
      String path = random.nextInt(5) == 0 ? "d1" : "d2/f" + random.nextInt(12);
      store.remove(new Name(branch), path);
      state(branch).paths().keySet().removeIf(one -> isBelow(path, one));
    }

    private static boolean isBelow(String prefix, String path) {
      return new TreePath(prefix).contains(new TreePath(path));
    }

    private void move(String branch) {
      State state = state(branch);
      if (state.paths().keySet().stream().anyMatch(path -> isBelow("d0", path))) {
        String to = "moved" + made++;
        store.move(new Name(branch), "d0", to);
        for (String path : List.copyOf(state.paths().keySet())) {
          if (isBelow("d0", path)) {
            String content = state.paths().remove(path);
            state.paths().put(to + path.substring(2), String.valueOf(content));
          }
        }
      }
    }

    private void delete() {
      List<String> all = new ArrayList<>(vectors.keySet());
      if (!all.isEmpty() && random.nextBoolean()) {
        all.sort(Comparator.naturalOrder());
        String content = all.get(random.nextInt(all.size()));
        store.delete(store.space, SearchFixture.idOf(content));
        vectors.remove(content);
        deleted.add(content);
        for (String branch : branches) {
          state(branch).paths().values().removeIf(content::equals);
        }
      }
    }

    private void embedAgain() {
      List<String> all = new ArrayList<>(vectors.keySet());
      if (!all.isEmpty()) {
        all.sort(Comparator.naturalOrder());
        String content = all.get(random.nextInt(all.size()));
        float[] vector = vector();
        vectors.put(content, vector);
        store.embed(SearchFixture.idOf(content), "s", vector);
      }
    }

    private void take(String branch) {
      SnapshotId id = store.take(new Name(branch));
      snapshots.add(id);
      refs.put("snap:" + id, state(branch).copy());
      if (random.nextBoolean()) {
        String tag = "tag" + made++;
        store.tag(tag, id);
        refs.put(tag, state(branch).copy());
      }
    }

    private void start() {
      if (!snapshots.isEmpty() && branches.size() < 4) {
        SnapshotId at = snapshots.get(random.nextInt(snapshots.size()));
        String branch = "branch" + made++;
        var _ = store.start(branch, at);
        branches.add(branch);
        refs.put(branch, state("snap:" + at).copy());
      }
    }

    void compare(boolean equal) {
      List<String> all = new ArrayList<>(refs.keySet());
      for (int i = 0; i < 6; i++) {
        String ref = all.get(random.nextInt(all.size()));
        String path = random.nextInt(3) == 0 ? "d" + random.nextInt(4) : "";
        compare(ref, path, 1 + random.nextInt(30), equal);
      }
    }

    private void compare(String ref, String path, int k, boolean equal) {
      float[] to = vector();
      store.indexes.state = random.nextInt(4) == 0 ? IndexState.BUILDING : IndexState.READY;
      SearchAnswer answer = store.find(SearchFixture.near(to).at(ref).path(path).k(k));
      List<Digest> found = SearchFixture.ids(answer);
      List<Digest> should = brute(state(ref), path, to);
      List<Digest> nearest = should.subList(0, Math.min(k, should.size()));
      if (equal) {
        assertThat(found).as("at %s below '%s'", ref, path).isEqualTo(nearest);
      }
      assertThat(found).hasSameSizeAs(nearest).isSubsetOf(should);
      expected += nearest.size();
      hits += nearest.stream().filter(found::contains).count();
      answer.results().getFirst().forEach(one -> checkPath(one, state(ref), path));
    }

    /** Every asset of the ref that is there and embedded, nearest first. */
    private List<Digest> brute(State state, String path, float[] to) {
      Stream<String> named =
          state.paths().entrySet().stream()
              .filter(entry -> isBelow(path, entry.getKey()))
              .map(Map.Entry::getValue);
      return Stream.concat(named, path.isEmpty() ? state.unnamed().stream() : Stream.of())
          .distinct()
          .filter(vectors::containsKey)
          .sorted(
              Comparator.comparingDouble(
                  content ->
                      -Similarity.COSINE.score(to, vectors.getOrDefault(content, new float[0]))))
          .map(SearchFixture::idOf)
          .toList();
    }

    private static void checkPath(SearchAnswer.Found found, State state, String path) {
      if (found.path().isPresent()) {
        String at = found.path().get().value();
        assertThat(isBelow(path, at)).isTrue();
        assertThat(SearchFixture.idOf(state.paths().getOrDefault(at, "")))
            .isEqualTo(found.row().id());
      } else {
        assertThat(path).isEmpty();
        assertThat(state.unnamed().stream().map(SearchFixture::idOf)).contains(found.row().id());
        assertThat(state.paths().values().stream().map(SearchFixture::idOf))
            .doesNotContain(found.row().id());
      }
    }
  }
}

package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.TreeEdit;
import io.aifs.server.snapshot.TreeEditor;
import io.aifs.vector.AssetNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The assets of trees: walked, derived, remembered and shared. */
class RefSetsTest {
  private static final NamespaceRow SPACE =
      new NamespaceRow(
          1,
          new Name("default"),
          "",
          Instant.EPOCH,
          Map.of(),
          DomainId.parse("d0".repeat(16)),
          ChunkerParameters.DEFAULT);

  private final Map<Digest, byte[]> nodes = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AssetNumbers numbers = new AssetNumbers();
  private final RefSets sets = new RefSets(RefSets.BYTES_MAX);

  private TreeNode read(Digest id) {
    reads.incrementAndGet();
    try {
      return TreeNodeCodec.decode(nodes.getOrDefault(id, new byte[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TreeRoot tree(TreeRoot from, Collection<? extends TreeEdit> edits) {
    try {
      return TreeEditor.apply(
          this::read, nodes::put, from, List.<TreeEdit>copyOf(edits).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TreeRoot tree(Map<String, String> paths) {
    List<TreeEdit> edits = new ArrayList<>();
    paths.forEach((path, content) -> edits.add(new TreeEdit.Put(entry(path, content))));
    return tree(TreeRoot.EMPTY, edits);
  }

  private static PathEntry entry(String path, String content) {
    return SearchFixture.entry(path, content);
  }

  private RefAssets find(RefSets in, SnapshotRoots roots, String path) {
    return in.find(SPACE, roots, new TreePath(path), this::read, numbers);
  }

  /** Paths with names that sort as they are made. */
  private static Map<String, String> files(int count) {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      files.put("d%03d/f%06d".formatted(i / 1_000, i), "content " + i);
    }
    return files;
  }

  private static SnapshotRoots paths(TreeRoot root) {
    return new SnapshotRoots(root, TreeRoot.EMPTY);
  }

  private void assertHolds(RefAssets assets, Collection<String> contents) {
    Set<String> distinct = new HashSet<>(contents);
    assertThat(assets.set().size()).isEqualTo(distinct.size());
    assertThat(distinct)
        .allMatch(one -> assets.set().contains(Assets.key(SearchFixture.idOf(one))));
  }

  @Test
  void aChangeCostsWhatItChanges() {
    Map<String, String> files = files(20_000);
    TreeRoot root = tree(files);
    reads.set(0);
    assertHolds(find(sets, paths(root), ""), files.values());
    int walk = reads.getAndSet(0);
    assertHolds(find(sets, paths(root), ""), files.values());
    assertThat(reads).hasValue(0);

    TreeRoot changed =
        tree(
            root,
            List.of(
                new TreeEdit.Put(entry("d003/f003500", "new")),
                new TreeEdit.Put(entry("d003/f003501", "content 7"))));
    files.put("d003/f003500", "new");
    files.put("d003/f003501", "content 7");
    reads.set(0);
    RefAssets derived = find(sets, paths(changed), "");
    assertThat(reads.getAndSet(0)).isLessThan(walk / 10);
    assertHolds(derived, files.values());

    assertThat(
            HitPaths.find(
                this::read,
                derived,
                List.of(SearchFixture.idOf("new"), SearchFixture.idOf("content 19000"))))
        .containsEntry(SearchFixture.idOf("new"), new TreePath("d003/f003500"))
        .containsEntry(SearchFixture.idOf("content 19000"), new TreePath("d019/f019000"));
    assertThat(reads.get()).isLessThan(walk / 10);
  }

  @Test
  void whatIsDerivedIsWhatAWalkFinds() {
    SeededTest.run(
        8,
        random -> {
          Map<String, String> files = files(600);
          TreeMap<String, String> loose = new TreeMap<>(Map.of("0a", "content 3", "0b", "loose"));
          for (int i = 0; i < 12; i++) {
            SnapshotRoots roots = new SnapshotRoots(tree(files), tree(loose));
            for (String path : List.of("", "d000", "moved", "d000/f000010")) {
              RefAssets found = find(sets, roots, path);
              RefAssets walked = find(new RefSets(0), roots, path);
              assertThat(found.set().size()).isEqualTo(walked.set().size());
              for (int number = 0; number < numbers.size(); number++) {
                assertThat(found.tally().count(number)).isEqualTo(walked.tally().count(number));
              }
              checkPaths(found, files, path);
            }
            change(files, random);
            loose.put("0c" + i, "content " + random.nextInt(600));
          }
        });
  }

  private void checkPaths(RefAssets found, Map<String, String> files, String below) {
    Set<Digest> some = new HashSet<>();
    files.values().stream().limit(40).forEach(one -> some.add(SearchFixture.idOf(one)));
    Map<Digest, TreePath> paths = HitPaths.find(this::read, found, some);
    paths.forEach(
        (id, path) -> {
          assertThat(SearchFixture.idOf(files.getOrDefault(path.value(), ""))).isEqualTo(id);
          assertThat(new TreePath(below).contains(path)).isTrue();
        });
    if (below.isEmpty()) {
      assertThat(paths.keySet()).isEqualTo(some);
    }
  }

  private static void change(Map<String, String> files, SplittableRandom random) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      String path = new ArrayList<>(files.keySet()).get(random.nextInt(files.size()));
      switch (random.nextInt(4)) {
        case 0 -> files.remove(path);
        case 1 -> files.put(path, "content " + random.nextInt(700));
        case 2 -> files.put(path + "x", String.valueOf(files.remove(path)));
        default -> files.put("moved/" + random.nextInt(100), files.getOrDefault(path, ""));
      }
    }
  }

  @Test
  void manyPathsOfOneAssetAreCounted() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 700; i++) {
      files.put("f%04d".formatted(i), "same");
    }
    TreeRoot root = tree(files);
    RefAssets all = find(sets, paths(root), "");
    int number = numbers.of(Assets.key(SearchFixture.idOf("same")));
    assertThat(all.tally().count(number)).isEqualTo(700);
    List<TreeEdit> edits = new ArrayList<>();
    for (int i = 0; i < 699; i++) {
      edits.add(new TreeEdit.Remove(new TreePath("f%04d".formatted(i))));
    }
    RefAssets one =
        new RefAssetsMaker(this::read, numbers).derive(all, paths(tree(root, edits))).orElseThrow();
    assertThat(one.tally().count(number)).isEqualTo(1);
    assertThat(one.set().size()).isEqualTo(1);
    RefAssets none =
        new RefAssetsMaker(this::read, numbers).derive(one, SnapshotRoots.EMPTY).orElseThrow();
    assertThat(none.set().size()).isZero();
  }

  @Test
  void othersWaitForWhoMakesIt() throws Exception {
    Map<String, String> files = files(2_000);
    TreeRoot root = tree(files);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    NodeSource slow =
        id -> {
          begun.countDown();
          awaitQuietly(go);
          return read(id);
        };
    reads.set(0);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Future<RefAssets> first =
          threads.submit(() -> sets.find(SPACE, paths(root), TreePath.ROOT, slow, numbers));
      begun.await();
      List<Future<RefAssets>> others = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        others.add(
            threads.submit(() -> sets.find(SPACE, paths(root), TreePath.ROOT, slow, numbers)));
      }
      go.countDown();
      for (Future<RefAssets> other : others) {
        assertThat(other.get()).isSameAs(first.get());
      }
    }
    int together = reads.getAndSet(0);
    assertHolds(find(new RefSets(0), paths(root), ""), files.values());
    assertThat(together).isEqualTo(reads.get());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureIsNotRemembered() {
    TreeRoot root = tree(files(100));
    NodeSource damaged =
        id -> {
          throw new AifsException.Corrupt(Reason.TREE_DAMAGED, "node " + id + " is damaged", "");
        };
    assertThatThrownBy(() -> sets.find(SPACE, paths(root), TreePath.ROOT, damaged, numbers))
        .isInstanceOf(AifsException.Corrupt.class);
    assertHolds(find(sets, paths(root), ""), files(100).values());
  }

  @Test
  void memoryIsBounded() {
    RefSets few = new RefSets(40_000);
    Map<String, String> files = files(1_000);
    for (int i = 0; i < 20; i++) {
      files.put("d000/f000100", "other " + i);
      assertHolds(find(few, paths(tree(files)), ""), files.values());
      assertThat(few.bytes()).isBetween(1L, 40_000L);
    }
    TreeRoot root = tree(files);
    reads.set(0);
    assertHolds(find(few, paths(root), ""), files.values());
    assertThat(reads).as("the last one is still known").hasValue(0);
  }
}

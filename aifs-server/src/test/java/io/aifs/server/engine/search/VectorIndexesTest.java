package io.aifs.server.engine.search;

import static io.aifs.server.engine.search.IndexFixture.asset;
import static io.aifs.server.engine.search.IndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.MemoryDisk;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorIndexesTest {
  private final MemoryDisk disk = new MemoryDisk();
  private IndexFixture store;
  private VectorIndexes indexes;
  private SpaceRow words;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new IndexFixture(directory, this::openIndex);
    words = store.createSpace("words");
    indexes = store.indexes(disk);
  }

  @AfterEach
  void close() {
    indexes.close();
    store.close();
  }

  VectorIndex openIndex(IndexSpec spec, VectorFiles files, AssetNumbers numbers)
      throws IOException {
    return KeptExactIndex.open(spec, files);
  }

  private void reopen() {
    indexes.close();
    indexes = store.indexes(disk);
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      store.putAsset(store.namespace, i);
      store.putEmbedding(i, words, "", vector(i));
    }
  }

  @Test
  void whatWasWrittenIsFoundWithItsVersion() throws IOException {
    put(0, 20);
    var _ = store.ready(indexes, words);
    for (int i = 20; i < 60; i++) {
      put(i, i + 1);
      IndexView view = store.view(indexes, words);
      assertThat(view.version()).isGreaterThanOrEqualTo(store.newest());
      assertThat(view.index().orElseThrow().search(VectorQuery.of(vector(i), 1)))
          .extracting(hit -> Digest.fromBytes(hit.asset().toBytes()))
          .containsExactly(asset(i));
    }
    store.assertHoldsCatalog(store.view(indexes, words), words);
  }

  @Test
  void aViewWaitsForItsVersionAndNoLonger() throws Exception {
    put(0, 1);
    var _ = store.ready(indexes, words);
    long next = store.newest() + 1;
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<IndexView> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              asked.countDown();
              return indexes.view(store.namespace, words, next, IndexFixture.PATIENCE);
            },
            task -> Thread.ofVirtual().start(task));
    asked.await();
    store.putEmbedding(0, words, "other", vector(99));
    assertThat(waiting.get().version()).isGreaterThanOrEqualTo(next);
    store.assertHoldsCatalog(waiting.get(), words);

    IndexView early = indexes.view(store.namespace, words, next + 100, Duration.ofMillis(5));
    assertThat(early.state()).isEqualTo(IndexState.READY);
    assertThat(early.version()).isLessThan(next + 100);
  }

  @Test
  void writesInOtherNamespacesHoldNobodyUp() {
    put(0, 1);
    var _ = store.ready(indexes, words);
    NamespaceRow other = store.createNamespace("other", 2);
    for (int i = 0; i < 5; i++) {
      store.putAsset(other, i);
      assertThat(store.view(indexes, words).version()).isGreaterThanOrEqualTo(store.newest());
    }
  }

  @Test
  void replacedRemovedDeletedAndQuarantinedVectorsAreNotFound() throws IOException {
    put(0, 10);
    store.putEmbedding(3, words, "a", vector(33));
    store.putEmbedding(3, words, "b", vector(34));
    var _ = store.ready(indexes, words);
    store.putEmbedding(1, words, "", vector(111));
    store.removeEmbedding(2, words, "");
    store.removeEmbedding(3, words, "a");
    store.deleteAsset(4);
    store.putEmbedding(store.namespace, 5, words, "", vector(555), true);
    store.assertHoldsCatalog(store.view(indexes, words), words);
    store.putEmbedding(store.namespace, 5, words, "", vector(555), false);
    store.putAsset(store.namespace, 4);
    store.assertHoldsCatalog(store.view(indexes, words), words);
  }

  @Test
  void aRestartReplaysWhatIsNotInTheIndex() throws IOException {
    put(0, 8);
    var _ = store.ready(indexes, words);
    indexes.close();
    put(8, 30);
    store.removeEmbedding(0, words, "");
    AtomicInteger opened = new AtomicInteger();
    indexes =
        store.indexes(
            disk,
            (spec, files, numbers) -> {
              opened.incrementAndGet();
              VectorIndex index = openIndex(spec, files, numbers);
              assertThat(index.position()).isPresent();
              return index;
            },
            IndexFixture.QUICK);
    store.assertHoldsCatalog(store.view(indexes, words), words);
    assertThat(opened).hasValue(1);
    assertThat(indexes.status(store.namespace, words).lastDamage()).isEmpty();
  }

  @Test
  void startOpensAllAndSeesSpacesThatAppear() throws IOException {
    put(0, 3);
    indexes.start();
    NamespaceRow other = store.createNamespace("other", 2);
    SpaceRow pages = store.createSpace("pages");
    SpaceRow there = store.createSpace(other, "words");
    store.putAsset(other, 7);
    store.putEmbedding(other, 7, there, "", vector(7), false);
    store.putEmbedding(1, pages, "1", vector(1));
    store.assertHoldsCatalog(store.ready(indexes, words), words);
    store.assertHoldsCatalog(store.ready(indexes, pages), pages);
    store.assertHoldsCatalog(store.ready(indexes, other, there), other, there);
    assertThat(indexes.numbers(other)).isNotSameAs(indexes.numbers(store.namespace));
    assertThat(indexes.numbers(other)).isSameAs(indexes.numbers(other));
  }

  @Test
  void aDroppedIndexStaysDroppedUntilItIsBuilt() throws IOException {
    put(0, 10);
    var _ = store.ready(indexes, words);
    indexes.drop(store.namespace, words);
    assertThat(store.view(indexes, words).state()).isEqualTo(IndexState.DROPPED);
    assertThat(store.view(indexes, words).index()).isEmpty();
    put(10, 12);
    reopen();
    indexes.start();
    assertThat(store.view(indexes, words).state()).isEqualTo(IndexState.DROPPED);
    assertThat(disk.list("vectors/" + store.namespace.number() + "/words"))
        .containsExactly("current");
    List<Long> done = new ArrayList<>();
    IndexStatus built =
        indexes.build(
            store.namespace,
            words,
            (soFar, total) -> {
              assertThat(total).isGreaterThanOrEqualTo(soFar);
              done.add(soFar);
            });
    assertThat(built.state()).isEqualTo(IndexState.READY);
    assertThat(built.stats().orElseThrow().vectors()).isEqualTo(12);
    assertThat(done).isSorted().last().isEqualTo(12L);
    store.assertHoldsCatalog(store.view(indexes, words), words);
    reopen();
    store.assertHoldsCatalog(store.view(indexes, words), words);
  }

  @Test
  void theOldIndexAnswersWhileANewOneIsBuilt() throws Exception {
    put(0, 10);
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    indexes.close();
    indexes =
        store.indexes(
            disk,
            (spec, files, numbers) -> {
              if (slow.get()) {
                building.countDown();
                await(goOn);
              }
              return openIndex(spec, files, numbers);
            },
            IndexFixture.QUICK);
    var _ = store.ready(indexes, words);
    slow.set(true);
    List<CompletableFuture<IndexStatus>> builds = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      builds.add(
          CompletableFuture.supplyAsync(
              () -> indexes.build(store.namespace, words, (_, _) -> {}),
              task -> Thread.ofVirtual().start(task)));
    }
    building.await();
    put(10, 15);
    IndexView view = store.view(indexes, words);
    store.assertHoldsCatalog(view, words);
    goOn.countDown();
    for (CompletableFuture<IndexStatus> build : builds) {
      assertThat(build.get().state()).isEqualTo(IndexState.READY);
    }
    store.assertHoldsCatalog(view, words); // a view that is held goes on with the new one
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void aBuildOfADroppedIndexIsCancelled() throws Exception {
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    indexes.close();
    put(0, 10);
    indexes =
        store.indexes(
            disk,
            (spec, files, numbers) -> {
              building.countDown();
              await(goOn);
              return openIndex(spec, files, numbers);
            },
            IndexFixture.QUICK);
    CompletableFuture<IndexStatus> build =
        CompletableFuture.supplyAsync(
            () -> indexes.build(store.namespace, words, (_, _) -> {}),
            task -> Thread.ofVirtual().start(task));
    building.await();
    Thread drop = Thread.ofVirtual().start(() -> indexes.drop(store.namespace, words));
    while (drop.getState() != Thread.State.WAITING) { // for the build, which it has cancelled
      Thread.onSpinWait();
    }
    goOn.countDown();
    drop.join();
    assertThatThrownBy(build::get).hasCauseInstanceOf(AifsException.Unavailable.class);
    assertThat(store.view(indexes, words).state()).isEqualTo(IndexState.DROPPED);
  }

  @Test
  void anIndexThatFailsASearchIsBuiltAgain() throws IOException {
    put(0, 10);
    AtomicInteger failures = new AtomicInteger(1);
    indexes.close();
    indexes =
        store.indexes(
            disk,
            (spec, files, numbers) -> new FailingIndex(openIndex(spec, files, numbers), failures),
            IndexFixture.QUICK);
    IndexView view = store.ready(indexes, words);
    assertThatThrownBy(() -> view.index().orElseThrow().search(VectorQuery.of(vector(1), 1)))
        .isInstanceOf(IndexDamagedException.class)
        .hasMessageContaining("planted");
    store.assertHoldsCatalog(store.ready(indexes, words), words);
    assertThat(indexes.status(store.namespace, words).lastDamage().orElseThrow())
        .contains("planted");
  }

  @Test
  void aProbeOfAnotherDimensionIsTheCallersMistake() throws IOException {
    put(0, 2);
    IndexView view = store.ready(indexes, words);
    assertThatThrownBy(() -> view.index().orElseThrow().search(VectorQuery.of(new float[3], 1)))
        .isInstanceOf(IllegalArgumentException.class);
    store.assertHoldsCatalog(view, words);
    assertThat(indexes.status(store.namespace, words).lastDamage()).isEmpty();
  }

  @Test
  void vectorsThatCannotBeReadAreLeftOut() throws IOException {
    put(0, 6);
    store.putRow(store.namespace, 2, words, "", Digest.of(new byte[] {1}), false);
    store.putEmbedding(3, words, "bad", new float[] {Float.NaN, 1, 1, 1});
    IndexView view = store.ready(indexes, words);
    List<Hit> hits = view.index().orElseThrow().search(VectorQuery.of(vector(0), 100));
    assertThat(hits).hasSize(5).allMatch(hit -> hit.part().isEmpty());
    store.putRow(store.namespace, 4, words, "", Digest.of(new byte[] {2}), false);
    assertThat(
            store.view(indexes, words).index().orElseThrow().search(VectorQuery.of(vector(0), 100)))
        .hasSize(4);
    store.putEmbedding(4, words, "", vector(44));
    store.removeEmbedding(3, words, "bad");
    store.assertHoldsCatalog(store.view(indexes, words), words);
  }

  @Test
  void aFullDiskKeepsTheIndexInMemory() throws IOException {
    FaultyDisk faulty = new FaultyDisk(disk);
    indexes.close();
    put(0, 10);
    faulty.freeBytes(0);
    indexes = store.indexes(faulty);
    store.assertHoldsCatalog(store.ready(indexes, words), words);
    put(10, 30);
    store.assertHoldsCatalog(store.view(indexes, words), words);
    faulty.heal();
    put(30, 31);
    store.assertHoldsCatalog(store.view(indexes, words), words);
    assertThat(indexes.status(store.namespace, words).lastDamage()).isEmpty();
    reopen();
    store.assertHoldsCatalog(store.view(indexes, words), words);
    assertThat(indexes.status(store.namespace, words).lastDamage()).isEmpty();
  }

  @Test
  void anotherStateOfTheStoreIsNotTrusted(@TempDir Path otherDirectory) throws IOException {
    put(0, 10);
    var _ = store.ready(indexes, words);
    indexes.close();
    try (IndexFixture older = new IndexFixture(otherDirectory, this::openIndex)) {
      SpaceRow space = older.createSpace("words");
      older.putAsset(older.namespace, 1);
      older.putEmbedding(1, space, "", vector(1));
      try (VectorIndexes over = older.indexes(disk)) {
        older.assertHoldsCatalog(older.ready(over, space), space);
        assertThat(over.status(older.namespace, space).lastDamage().orElseThrow())
            .contains("another state of the store");
      }
    }
  }

  @Test
  void noVectorRestsInClear() throws IOException {
    put(0, 10);
    float[] planted = {1.5f, -2.25f, 1024.125f, 3.0e-5f};
    store.putEmbedding(3, words, "planted part", planted);
    var _ = store.ready(indexes, words);
    indexes.close();
    ByteBuffer bigEndian = ByteBuffer.allocate(8);
    bigEndian.putFloat(planted[2]).putFloat(planted[3]);
    ByteBuffer littleEndian = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    littleEndian.putFloat(planted[2]).putFloat(planted[3]);
    for (String file : IndexFiles.all(disk, "vectors")) {
      String content = new String(IndexFiles.bytes(disk, file), StandardCharsets.ISO_8859_1);
      assertThat(content)
          .doesNotContain(
              "planted part",
              new String(bigEndian.array(), StandardCharsets.ISO_8859_1),
              new String(littleEndian.array(), StandardCharsets.ISO_8859_1));
    }
    assertThat(IndexFiles.all(disk, "vectors")).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void afterClosingNothingIsOpened() {
    put(0, 3);
    indexes.close();
    assertThat(store.view(indexes, words).index()).isEmpty();
    assertThat(indexes.status(store.namespace, words).stats()).isEmpty();
  }
}

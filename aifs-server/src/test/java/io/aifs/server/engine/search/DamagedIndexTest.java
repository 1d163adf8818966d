package io.aifs.server.engine.search;

import static io.aifs.server.engine.search.IndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import io.aifs.vector.LuceneVectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is at rest of Lucene's index is damaged, each file in turn, in every way. */
class DamagedIndexTest {
  private final SplittableRandom random = new SplittableRandom(SeededTest.seed());
  private IndexFixture store;
  private SpaceRow words;
  private SpaceRow pages;
  private MemoryDisk good;

  private interface Damage {
    void to(Disk disk, String file) throws IOException;
  }

  @BeforeEach
  void build(@TempDir Path directory) throws IOException {
    store =
        new IndexFixture(
            directory,
            (spec, files, numbers) ->
                LuceneVectorIndex.open(
                    spec, files, numbers, new LuceneVectorIndex.Options(2, 16, 64)));
    words = store.createSpace("words");
    pages = store.createSpace("pages");
    for (int i = 0; i < 20; i++) {
      store.putAsset(store.namespace, i);
      store.putEmbedding(i, words, "", vector(i));
      store.putEmbedding(i, pages, "1", vector(i + 100));
    }
    good = new MemoryDisk();
    try (VectorIndexes indexes = store.indexes(good)) {
      store.assertHoldsCatalog(store.ready(indexes, words), words);
      store.assertHoldsCatalog(store.ready(indexes, pages), pages);
    }
    store.putEmbedding(3, words, "", vector(333));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String directory(SpaceRow space) {
    return "vectors/" + store.namespace.number() + "/" + space.space().name();
  }

  private MemoryDisk copy() throws IOException {
    MemoryDisk copy = new MemoryDisk();
    for (String file : IndexFiles.all(good, "vectors")) {
      IndexFiles.replace(copy, file, IndexFiles.bytes(good, file));
    }
    return copy;
  }

  private void eachFile(boolean isDamage, Damage damage) throws IOException {
    List<String> files = IndexFiles.all(good, directory(words));
    assertThat(files).hasSizeGreaterThan(4);
    for (String file : files) {
      MemoryDisk disk = copy();
      damage.to(disk, file);
      try (VectorIndexes indexes = store.indexes(disk)) {
        store.assertHoldsCatalog(store.ready(indexes, words), words);
        boolean told = indexes.status(store.namespace, words).lastDamage().isPresent();
        if (!isDamage || !file.endsWith("/current")) { // a bit makes it name what is not there
          assertThat(told).as(file).isEqualTo(isDamage);
        }
        store.assertHoldsCatalog(store.ready(indexes, pages), pages);
        assertThat(indexes.status(store.namespace, pages).lastDamage()).isEmpty();
      }
      try (VectorIndexes indexes = store.indexes(disk)) { // what was built is sound
        store.assertHoldsCatalog(store.view(indexes, words), words);
        assertThat(indexes.status(store.namespace, words).lastDamage()).isEmpty();
      }
    }
  }

  @Test
  void anIntactCopyIsOpened() throws IOException {
    eachFile(false, (_, _) -> {});
  }

  @Test
  void aFlippedBitEndsInARebuild() throws IOException {
    eachFile(
        true,
        (disk, file) -> {
          byte[] bytes = IndexFiles.bytes(disk, file);
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          IndexFiles.replace(disk, file, bytes);
        });
  }

  @Test
  void aCutEndsInARebuild() throws IOException {
    eachFile(
        true,
        (disk, file) -> {
          byte[] bytes = IndexFiles.bytes(disk, file);
          IndexFiles.replace(disk, file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        });
  }

  @Test
  void aMissingFileEndsInARebuild() throws IOException {
    eachFile(true, (disk, file) -> disk.delete(file));
  }

  @Test
  void aFileOfAnotherSpaceEndsInARebuild() throws IOException {
    List<String> others = IndexFiles.all(good, directory(pages));
    eachFile(
        true,
        (disk, file) -> {
          String end = file.substring(file.lastIndexOf('/')).replaceAll("/[0-9a-f]{32}-", "");
          String other =
              others.stream()
                  .filter(name -> name.endsWith(end) && !end.equals("/current"))
                  .findFirst()
                  .orElse(others.getFirst());
          IndexFiles.replace(disk, file, IndexFiles.bytes(good, other));
        });
  }

  @Test
  void allThatIsAtRestMayBeDeleted() throws IOException {
    try (VectorIndexes indexes = store.indexes(new MemoryDisk())) {
      store.assertHoldsCatalog(store.ready(indexes, words), words);
      store.assertHoldsCatalog(store.ready(indexes, pages), pages);
    }
  }
}

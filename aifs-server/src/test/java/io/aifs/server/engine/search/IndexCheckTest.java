package io.aifs.server.engine.search;

import static io.aifs.server.engine.search.IndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.Finding;
import io.aifs.server.file.MemoryDisk;
import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Facts;
import io.aifs.vector.LuceneVectorIndex;
import io.aifs.vector.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCheckTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final List<VectorIndex> opened = new ArrayList<>();
  private IndexFixture store;
  private SpaceRow words;
  private VectorIndexes indexes;

  @BeforeEach
  void open(@TempDir Path directory) {
    store =
        new IndexFixture(
            directory,
            (spec, files, numbers) -> {
              VectorIndex index =
                  LuceneVectorIndex.open(
                      spec, files, numbers, new LuceneVectorIndex.Options(2, 16, 64));
              opened.add(index);
              return index;
            });
    words = store.createSpace("words");
    for (int i = 0; i < 20; i++) {
      store.putAsset(store.namespace, i);
      store.putEmbedding(i, words, "", vector(i));
    }
    store.putEmbedding(store.namespace, 7, words, "", vector(7), true);
    indexes = store.indexes(disk);
  }

  @AfterEach
  void close() {
    indexes.close();
    store.close();
  }

  private List<Finding> check(boolean repair) {
    List<Finding> findings = new ArrayList<>();
    indexes.check(repair, findings::add);
    return findings;
  }

  private void assertMended(String code, String... words) throws IOException {
    assertThat(check(false))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.fixed()).isFalse();
              assertThat(finding.message()).contains(words);
            });
    assertThat(check(true)).singleElement().matches(Finding::fixed);
    assertThat(check(false)).isEmpty();
    store.assertHoldsCatalog(store.view(indexes, this.words), this.words);
  }

  private void corrupt() throws IOException {
    String file =
        IndexFiles.all(disk, "vectors").stream()
            .filter(name -> !name.endsWith("current"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = IndexFiles.bytes(disk, file);
    bytes[bytes.length / 2] ^= 4;
    IndexFiles.replace(disk, file, bytes);
  }

  @Test
  void whatAgreesIsNotAFinding() {
    assertThat(check(true)).isEmpty(); // there is none yet, and nobody asked for one
    var _ = store.ready(indexes, words);
    assertThat(check(true)).isEmpty();
    store.putEmbedding(1, words, "new", vector(77));
    assertThat(check(false)).isEmpty();
  }

  @Test
  void damageAtRestOfAnOpenIndexIsFound() throws IOException {
    var _ = store.ready(indexes, words);
    corrupt();
    assertMended("index-damaged", "words", "damaged in frame");
  }

  @Test
  void damageOfAnIndexThatNobodyOpenedIsFound() throws IOException {
    var _ = store.ready(indexes, words);
    indexes.close();
    indexes = store.indexes(disk);
    corrupt();
    assertMended("index-damaged", "words", "damaged in frame");
  }

  @Test
  void aVectorThatIsMissingIsFound() throws IOException {
    var _ = store.ready(indexes, words);
    VectorIndex index = opened.getLast();
    index.replace(List.of(of(3, List.of())));
    index.refresh();
    assertMended("index-differs", "18 vectors", "19");
  }

  @Test
  void anotherVectorIsFound() throws IOException {
    var _ = store.ready(indexes, words);
    VectorIndex index = opened.getLast();
    index.replace(List.of(of(3, List.of(new AssetVectors.Part("", vector(4_000))))));
    index.refresh();
    assertMended("index-differs", IndexFixture.asset(3).hex());
  }

  @Test
  void oneThatWaitsForApprovalAndIsFoundIsFound() throws IOException {
    var _ = store.ready(indexes, words);
    VectorIndex index = opened.getLast();
    index.replace(List.of(of(7, List.of(new AssetVectors.Part("", vector(7)))), of(3, List.of())));
    index.refresh();
    assertMended("index-differs", "words");
  }

  @Test
  void vectorsThatNoIndexCanHaveAreFound() {
    store.putEmbedding(3, words, "bad", new float[] {Float.NaN, 0, 0, 0});
    var _ = store.ready(indexes, words);
    assertThat(check(true))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("vectors-unusable");
              assertThat(finding.message()).contains("1 embeddings");
              assertThat(finding.fix()).isEmpty();
            });
  }

  private static AssetVectors of(int number, List<AssetVectors.Part> parts) {
    return new AssetVectors(
        AssetKey.of(IndexFixture.asset(number).toBytes()), new Facts(0, 0, 0, Map.of()), parts);
  }
}

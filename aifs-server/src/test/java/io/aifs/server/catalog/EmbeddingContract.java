package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.catalog.journal.AssetOp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Embedding spaces, and what is embedded in them. */
public abstract class EmbeddingContract extends CatalogContract {
  private static final Comparator<EmbeddingKey> ORDER =
      Comparator.comparing(EmbeddingKey::asset)
          .thenComparing(EmbeddingKey::space)
          .thenComparing(EmbeddingKey::part);

  private static SpaceRow spaceRow(String name, int dimension, VectorMetric metric) {
    return new SpaceRow(
        new EmbeddingSpace(
            new Name(name),
            dimension,
            metric,
            "größe ☃",
            metric == VectorMetric.COSINE ? VectorStorage.INT8 : VectorStorage.FLOAT32),
        NOON);
  }

  private static EmbeddingRow row(Digest asset, String space, String part, boolean waits) {
    return new EmbeddingRow(
        asset,
        space,
        part,
        4,
        id(part + waits),
        waits
            ? Optional.of(new EmbeddingRow.Quarantine("/embeddings/review", NOON))
            : Optional.empty());
  }

  private <T> T read(Function<EmbeddingReader, T> function) {
    return catalog.read(reader -> function.apply(reader.embeddings()));
  }

  private void putSpaces(String... names) {
    change(
        writer -> {
          for (String name : names) {
            writer.embeddings().putSpace(space, spaceRow(name, 4, VectorMetric.COSINE));
          }
        });
  }

  private void embed(EmbeddingRow... rows) {
    change(
        writer -> {
          for (EmbeddingRow row : rows) {
            writer.embeddings().put(space, row);
          }
        });
  }

  @Test
  void spacesStayAsTheyWereMadeInOrderOfName() {
    SpaceRow text = spaceRow("text", 4_096, VectorMetric.DOT_PRODUCT);
    SpaceRow clip = spaceRow("clip", 1, VectorMetric.EUCLIDEAN);
    change(
        writer -> {
          writer.embeddings().putSpace(space, text);
          writer.embeddings().putSpace(space, clip);
        });
    reopen();

    assertThat(this.<List<SpaceRow>>read(reader -> reader.spaces(space)))
        .containsExactly(clip, text);
    assertThat(this.<Optional<SpaceRow>>read(reader -> reader.space(space, "text"))).contains(text);
    assertThat(this.<Optional<SpaceRow>>read(reader -> reader.space(space, "none"))).isEmpty();
  }

  @Test
  void namespacesDoNotShareSpacesNorEmbeddings() {
    long other = createNamespace("other");
    putSpaces("text");
    put(id("a"));
    embed(row(id("a"), "text", "", true));

    assertThat(this.<List<SpaceRow>>read(reader -> reader.spaces(other))).isEmpty();
    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.inSpace(other, "text", Optional.empty(), 10)))
        .isEmpty();
    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.quarantined(other, Optional.empty(), 10)))
        .isEmpty();
    assertThat(this.<Counts>read(reader -> reader.count(other, "text")))
        .isEqualTo(new Counts(0, 0));
    assertThat(
            this.<Map<Digest, List<EmbeddingRow>>>read(
                reader -> reader.ofAll(other, List.of(id("a")))))
        .isEmpty();
  }

  @Test
  void embeddingTakesThePlaceOfThatOfItsPartAlone() {
    putSpaces("text", "clip");
    put(id("a"));
    EmbeddingRow whole = row(id("a"), "text", "", false);
    EmbeddingRow page = row(id("a"), "text", "page 1", false);
    EmbeddingRow image = row(id("a"), "clip", "page 1", false);
    EmbeddingRow again = row(id("a"), "text", "page 1", true);
    embed(whole, page, image);

    embed(again);

    assertThat(this.<Optional<EmbeddingRow>>read(reader -> reader.find(space, page.key())))
        .contains(again);
    assertThat(
            this.<Map<Digest, List<EmbeddingRow>>>read(
                reader -> reader.ofAll(space, List.of(id("a"), id("b")))))
        .isEqualTo(Map.of(id("a"), List.of(image, whole, again)));
    assertThat(this.<Integer>read(reader -> reader.count(space, id("a"), "text"))).isEqualTo(2);
    assertThat(this.<Counts>read(reader -> reader.count(space, "text")))
        .isEqualTo(new Counts(1, 1));
  }

  @Test
  void approvedIsInQuarantineNoMore() {
    putSpaces("text");
    put(id("a"));
    embed(row(id("a"), "text", "1", true), row(id("a"), "text", "2", true));

    embed(row(id("a"), "text", "1", false));

    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.quarantined(space, Optional.empty(), 10)))
        .containsExactly(row(id("a"), "text", "2", true));
  }

  @Test
  void removedIsGoneAndOthersStay() {
    putSpaces("text");
    put(id("a"));
    EmbeddingRow one = row(id("a"), "text", "1", false);
    EmbeddingRow two = row(id("a"), "text", "2", true);
    embed(one, two);

    assertThat(remove(one.key())).isTrue();
    assertThat(remove(one.key())).isFalse();
    assertThat(remove(new EmbeddingKey(id("a"), "none", ""))).isFalse();

    assertThat(this.<Optional<EmbeddingRow>>read(reader -> reader.find(space, one.key())))
        .isEmpty();
    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.inSpace(space, "text", Optional.empty(), 10)))
        .containsExactly(two);
  }

  private boolean remove(EmbeddingKey key) {
    return catalog.write(writer -> writer.embeddings().remove(space, key));
  }

  @Test
  void partsAndQuarantineGoAndComeWithTheirAsset() {
    putSpaces("text");
    put(id("a"));
    EmbeddingRow one = row(id("a"), "text", "1", false);
    EmbeddingRow two = row(id("a"), "text", "2", true);
    embed(one, two);

    change(writer -> writer.assets().delete(space, tombstone(id("a"))));

    assertThat(this.<Counts>read(reader -> reader.count(space, "text")))
        .isEqualTo(new Counts(0, 0));
    KeptAsset kept = catalog.read(reader -> reader.assets().findKept(space, id("a"))).orElseThrow();
    assertThat(kept.embeddings()).containsExactly(one, two);
    reopen();
    change(
        writer -> {
          assertThat(writer.assets().revive(space, id("a"), writer.events().next())).isTrue();
          writer.events().append(event(space, EventRow.ASSET_PUT, id("a")));
        });
    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.inSpace(space, "text", Optional.empty(), 10)))
        .containsExactly(one, two);
  }

  /** Builds that knew spaces by their names alone left no other record of them. */
  @Test
  void embeddingOfAnEarlierJournalMakesItsSpace() {
    put(id("a"));
    EmbeddingRow first = new EmbeddingRow(id("a"), "4", 4, id("v1"));
    EmbeddingRow second = new EmbeddingRow(id("a"), "4", 4, id("v2"));

    change(
        writer -> {
          new AssetOp.PutEmbedding(space, first).apply(writer);
          new AssetOp.PutEmbedding(space, second).apply(writer);
        });

    assertThat(this.<List<SpaceRow>>read(reader -> reader.spaces(space)))
        .containsExactly(new SpaceRow(EmbeddingSpace.ofDimension(4), NOON));
    assertThat(
            this.<List<EmbeddingRow>>read(
                reader -> reader.inSpace(space, "4", Optional.empty(), 10)))
        .containsExactly(second);
  }

  @Test
  void pagesShowEveryEmbeddingOnceInOrder() {
    SeededTest.run(3, this::compareWithModel);
  }

  private void compareWithModel(SplittableRandom random) {
    TreeMap<EmbeddingKey, EmbeddingRow> model = new TreeMap<>(ORDER);
    putSpaces("text", "clip");
    Digest[] assets = IntStream.range(0, 10).mapToObj(i -> id("asset " + i)).toArray(Digest[]::new);
    put(assets);
    for (Digest asset : assets) {
      for (EmbeddingRow left : catalog.read(reader -> reader.assets().embeddings(space, asset))) {
        remove(left.key());
      }
    }
    for (int i = 0; i < 120; i++) {
      EmbeddingRow row =
          row(
              assets[random.nextInt(assets.length)],
              random.nextBoolean() ? "text" : "clip",
              random.nextInt(4) == 0 ? "" : "größe " + random.nextInt(6),
              random.nextBoolean());
      if (random.nextInt(4) == 0) {
        assertThat(remove(row.key())).isEqualTo(model.remove(row.key()) != null);
      } else {
        embed(row);
        model.put(row.key(), row);
      }
    }
    reopen();
    int limit = 1 + random.nextInt(7);
    for (String name : List.of("text", "clip")) {
      List<EmbeddingRow> expected =
          model.values().stream().filter(row -> row.space().equals(name)).toList();
      assertThat(paged(after -> read(reader -> reader.inSpace(space, name, after, limit))))
          .isEqualTo(expected);
      long waiting = expected.stream().filter(row -> row.quarantine().isPresent()).count();
      Counts counts = new Counts(expected.size() - waiting, waiting);
      assertThat(this.<Counts>read(reader -> reader.count(space, name))).isEqualTo(counts);
      assertThat(
              this.<Map<String, Counts>>read(reader -> reader.counts(space))
                  .getOrDefault(name, Counts.NONE))
          .isEqualTo(counts);
    }
    assertThat(paged(after -> read(reader -> reader.quarantined(space, after, limit))))
        .isEqualTo(model.values().stream().filter(row -> row.quarantine().isPresent()).toList());
  }

  private static List<EmbeddingRow> paged(
      Function<Optional<EmbeddingKey>, List<EmbeddingRow>> page) {
    List<EmbeddingRow> all = new ArrayList<>();
    List<EmbeddingRow> next = page.apply(Optional.empty());
    while (!next.isEmpty()) {
      all.addAll(next);
      next = page.apply(Optional.of(next.getLast().key()));
    }
    return all;
  }
}

package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Edges between assets, and embeddings. */
public abstract class LineageContract extends CatalogContract {
  @Test
  void edgesAreKeptOnceAndInOrder() {
    put(id("parent"), id("child"));
    ParentEdge crop = new ParentEdge(id("parent"), "crop", "v1");
    ParentEdge cropAgain = new ParentEdge(id("parent"), "crop", "v2");
    ParentEdge plain = new ParentEdge(id("parent"), "", "");

    change(
        writer -> writer.assets().addParents(space, id("child"), List.of(cropAgain, crop), NOON));
    change(writer -> writer.assets().addParents(space, id("child"), List.of(crop, plain), NOON));

    assertThat(
            catalog.<List<ParentEdge>>read(reader -> reader.assets().parents(space, id("child"))))
        .containsExactly(plain, crop, cropAgain);
    assertThat(
            catalog.<List<ParentEdge>>read(reader -> reader.assets().parents(space, id("parent"))))
        .isEmpty();
  }

  @Test
  void childrenAreVisibleOnesInOrderAndOnce() {
    put(id("parent"), id("c1"), id("c2"), id("c3"));
    for (String child : List.of("c1", "c2", "c3")) {
      change(
          writer ->
              writer
                  .assets()
                  .addParents(
                      space,
                      id(child),
                      List.of(
                          new ParentEdge(id("parent"), "a", "1"),
                          new ParentEdge(id("parent"), "b", "1")),
                      NOON));
    }
    change(writer -> writer.assets().delete(space, tombstone(id("c2"))));

    List<Digest> expected = List.copyOf(new TreeSet<>(List.of(id("c1"), id("c3"))));
    assertThat(children(10)).isEqualTo(expected);
    assertThat(children(1)).containsExactly(expected.getFirst());
  }

  private List<Digest> children(int limit) {
    return catalog.read(reader -> reader.assets().children(space, id("parent"), limit));
  }

  @Test
  void edgesOutliveBothEnds() {
    put(id("parent"), id("child"));
    ParentEdge edge = new ParentEdge(id("parent"), "t", "");
    change(writer -> writer.assets().addParents(space, id("child"), List.of(edge), NOON));

    change(writer -> writer.assets().delete(space, tombstone(id("parent"))));
    change(writer -> writer.assets().delete(space, tombstone(id("child"))));

    assertThat(
            catalog.<List<ParentEdge>>read(reader -> reader.assets().parents(space, id("child"))))
        .containsExactly(edge);
  }

  @Test
  void anEdgeKeepsTheTimeItWasFirstRecordedAt() {
    put(id("parent"), id("child"));
    ParentEdge crop = new ParentEdge(id("parent"), "crop", "v1");
    ParentEdge turn = new ParentEdge(id("parent"), "turn", "v1");

    int first = add(id("child"), NOON, crop);
    int second = add(id("child"), NOON.plusNanos(1), crop, turn);
    int third = add(id("child"), NOON.plusNanos(2), crop, turn);

    assertThat(List.of(first, second, third)).containsExactly(1, 1, 0);
    assertThat(edges(LineageSide.PARENTS, id("child"), Optional.empty(), 10))
        .containsExactly(
            new EdgeRow(id("child"), turn, NOON.plusNanos(1)),
            new EdgeRow(id("child"), crop, NOON));
  }

  @Test
  void pagesOfBothSidesAreTheModelsPages() {
    SeededTest.run(2, this::readPages);
  }

  private void readPages(SplittableRandom random) {
    List<Digest> ids =
        IntStream.range(0, 12).mapToObj(i -> id(random.nextLong() + "/" + i)).toList();
    put(ids.toArray(Digest[]::new));
    List<EdgeRow> model = randomEdges(random, ids);
    change(writer -> writer.assets().delete(space, tombstone(ids.get(3))));
    for (Digest asset : ids) {
      for (LineageSide side : LineageSide.values()) {
        List<EdgeRow> expected = sorted(model, side, asset);
        assertThat(paged(side, asset, 1 + random.nextInt(4))).isEqualTo(expected);
        requireLevel(side, asset, expected, 1 + random.nextInt(5));
      }
    }
    for (LineageSide side : LineageSide.values()) {
      requireWholeLevel(side, ids, model);
      assertThat(catalog.<List<Digest>>read(r -> r.lineage().having(space, side, ids)))
          .containsExactlyInAnyOrderElementsOf(
              ids.stream().filter(id -> !sorted(model, side, id).isEmpty()).toList());
    }
  }

  private List<EdgeRow> randomEdges(SplittableRandom random, List<Digest> ids) {
    List<EdgeRow> model = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      int child = 1 + random.nextInt(ids.size() - 1);
      ParentEdge edge =
          new ParentEdge(
              ids.get(random.nextInt(child)), "t" + random.nextInt(3), "" + random.nextInt(2));
      Instant at = NOON.plusNanos(random.nextInt(6));
      boolean known =
          model.stream().anyMatch(e -> e.child().equals(ids.get(child)) && e.edge().equals(edge));
      assertThat(add(ids.get(child), at, edge)).isEqualTo(known ? 0 : 1);
      if (!known) {
        model.add(new EdgeRow(ids.get(child), edge, at));
      }
    }
    return model;
  }

  private static List<EdgeRow> sorted(List<EdgeRow> model, LineageSide side, Digest asset) {
    return model.stream()
        .filter(edge -> edge.end(side.opposite()).equals(asset))
        .sorted(
            Comparator.comparing(EdgeRow::at)
                .reversed()
                .thenComparing(edge -> edge.end(side))
                .thenComparing(edge -> edge.edge().transformName())
                .thenComparing(edge -> edge.edge().transformDigest()))
        .toList();
  }

  private List<EdgeRow> paged(LineageSide side, Digest asset, int limit) {
    List<EdgeRow> found = new ArrayList<>();
    List<EdgeRow> page = edges(side, asset, Optional.empty(), limit);
    while (!page.isEmpty()) {
      found.addAll(page);
      page = edges(side, asset, Optional.of(page.getLast()), limit);
    }
    return found;
  }

  /** Filters and fan-out of one asset. */
  private void requireLevel(LineageSide side, Digest asset, List<EdgeRow> edges, int fanOut) {
    EdgeFilter filter = new EdgeFilter(Set.of("t1", "t2"), NOON.plusNanos(1), NOON.plusNanos(5));
    List<EdgeRow> accepted = edges.stream().filter(filter::accepts).toList();
    EdgeLevel level =
        catalog.read(r -> r.lineage().level(space, side, List.of(asset), filter, fanOut, 1_000));
    assertThat(level.edges()).isEqualTo(accepted.stream().limit(fanOut).toList());
    assertThat(level.fannedOut()).isEqualTo(accepted.size() > fanOut ? Set.of(asset) : Set.of());
    assertThat(level.complete()).isTrue();
  }

  private void requireWholeLevel(LineageSide side, List<Digest> ids, List<EdgeRow> model) {
    EdgeLevel level =
        catalog.read(r -> r.lineage().level(space, side, ids, EdgeFilter.ALL, 1_000, 1_000));
    assertThat(level.edges())
        .isEqualTo(ids.stream().flatMap(id -> sorted(model, side, id).stream()).toList());
    assertThat(level.seen()).isEqualTo(model.size());
    EdgeLevel cut =
        catalog.read(
            r -> r.lineage().level(space, side, ids, EdgeFilter.ALL, 1_000, model.size() - 1));
    assertThat(cut.complete()).isFalse();
    assertThat(cut.edges()).hasSize(model.size() - 1);
  }

  /** More assets than go into one statement, and one with far more edges than are wanted. */
  @Test
  void aLevelOfManyAssetsBeginsAgainAfterOneThatFansOut() {
    List<Digest> children = IntStream.range(0, 2_500).mapToObj(i -> id("child" + i)).toList();
    List<Digest> parents = IntStream.range(0, 1_500).mapToObj(i -> id("parent" + i)).toList();
    put(children.toArray(Digest[]::new));
    put(parents.toArray(Digest[]::new));
    change(
        writer -> {
          for (int i = 0; i < children.size(); i++) {
            var edges = List.of(edge(parents.get(7)), edge(parents.get(i % parents.size())));
            writer.assets().addParents(space, children.get(i), edges, NOON.plusNanos(i));
          }
        });
    EdgeLevel level =
        catalog.read(
            r ->
                r.lineage()
                    .level(space, LineageSide.CHILDREN, parents, EdgeFilter.ALL, 3, 100_000));
    assertThat(level.fannedOut()).containsExactly(parents.get(7));
    assertThat(level.edges()).hasSize(2_500 - 2 + 3);
    assertThat(level.seen()).isLessThan(3_000);
  }

  @Test
  void whatIsKnownOfAnAssetOutlivesIt() {
    put(id("a"), id("b"));
    change(writer -> writer.assets().delete(space, tombstone(id("b"))));

    assertThat(
            catalog.<Map<Digest, LineageNode>>read(
                r -> r.lineage().nodes(space, List.of(id("a"), id("b"), id("stranger")))))
        .containsOnly(
            Map.entry(
                id("a"),
                new LineageNode(id("a"), AssetKind.BLOB, 7, Optional.of(NOON), Optional.empty())),
            Map.entry(
                id("b"),
                new LineageNode(id("b"), AssetKind.BLOB, 7, Optional.empty(), Optional.of(NOON))));
  }

  private static ParentEdge edge(Digest parent) {
    return new ParentEdge(parent, "t", "");
  }

  private int add(Digest child, Instant at, ParentEdge... edges) {
    return catalog.write(writer -> writer.assets().addParents(space, child, List.of(edges), at));
  }

  private List<EdgeRow> edges(LineageSide side, Digest asset, Optional<EdgeRow> after, int limit) {
    return catalog.read(r -> r.lineage().edges(space, side, asset, after, limit));
  }

  @Test
  void embeddingTakesThePlaceOfTheOneInItsSpace() {
    put(id("a"));
    EmbeddingRow first = new EmbeddingRow(id("a"), "384", 384, id("v1"));
    EmbeddingRow second = new EmbeddingRow(id("a"), "384", 384, id("v2"));
    EmbeddingRow other = new EmbeddingRow(id("a"), "clip", 512, id("v3"));

    change(writer -> embed(writer, space, other));
    change(writer -> embed(writer, space, first));
    change(writer -> embed(writer, space, second));

    assertThat(
            catalog.<List<EmbeddingRow>>read(reader -> reader.assets().embeddings(space, id("a"))))
        .containsExactly(second, other);
  }
}

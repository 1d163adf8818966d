package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Edges between assets, and embeddings. */
public abstract class LineageContract extends CatalogContract {
  @Test
  void edgesAreKeptOnceAndInOrder() {
    put(id("parent"), id("child"));
    ParentEdge crop = new ParentEdge(id("parent"), "crop", "v1");
    ParentEdge cropAgain = new ParentEdge(id("parent"), "crop", "v2");
    ParentEdge plain = new ParentEdge(id("parent"), "", "");

    change(writer -> writer.assets().addParents(space, id("child"), List.of(cropAgain, crop)));
    change(writer -> writer.assets().addParents(space, id("child"), List.of(crop, plain)));

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
                          new ParentEdge(id("parent"), "b", "1"))));
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
    change(writer -> writer.assets().addParents(space, id("child"), List.of(edge)));

    change(writer -> writer.assets().delete(space, tombstone(id("parent"))));
    change(writer -> writer.assets().delete(space, tombstone(id("child"))));

    assertThat(
            catalog.<List<ParentEdge>>read(reader -> reader.assets().parents(space, id("child"))))
        .containsExactly(edge);
  }

  @Test
  void embeddingTakesThePlaceOfTheOneInItsSpace() {
    put(id("a"));
    EmbeddingRow first = new EmbeddingRow(id("a"), "384", 384, id("v1"));
    EmbeddingRow second = new EmbeddingRow(id("a"), "384", 384, id("v2"));
    EmbeddingRow other = new EmbeddingRow(id("a"), "clip", 512, id("v3"));

    change(writer -> writer.assets().putEmbedding(space, other));
    change(writer -> writer.assets().putEmbedding(space, first));
    change(writer -> writer.assets().putEmbedding(space, second));

    assertThat(
            catalog.<List<EmbeddingRow>>read(reader -> reader.assets().embeddings(space, id("a"))))
        .containsExactly(second, other);
  }
}

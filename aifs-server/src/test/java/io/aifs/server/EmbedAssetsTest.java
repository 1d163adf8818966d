package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.embedding.Review;
import io.aifs.server.engine.payload.FakePayloads;
import io.aifs.server.engine.search.SearchAnswer.Found;
import io.aifs.server.engine.search.SearchOrder;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Assets of kind EMBED are found by the vectors in their content. */
class EmbedAssetsTest extends PayloadFixture {
  private static final Name CLIP = new Name("clip-vit-l14");

  private static final String PAGES =
      FakePayloads.embed(
          "CLIP ViT-L14", 2, VectorMetric.COSINE, "page-1 1 0", "page-2 0 1", "- 1 1");

  private List<Found> near(Name in, float... vector) {
    return engine
        .search()
        .search(
            space,
            new SearchOrder(
                Optional.of(in),
                List.of(new SearchOrder.Probe.Near(FloatVectors.encode(vector))),
                10,
                0,
                false,
                OptionalDouble.empty(),
                List.of(),
                Optional.empty(),
                TreePath.ROOT,
                Duration.ofSeconds(30),
                SearchOrder.Bounds.NONE))
        .results()
        .getFirst();
  }

  private List<String> spaces() {
    return engine.embeddings().spaces(space).stream()
        .map(status -> status.row().space().name().value())
        .toList();
  }

  private Counts counts(String name) {
    return engine.embeddings().spaces(space).stream()
        .filter(status -> status.row().space().name().value().equals(name))
        .findFirst()
        .orElseThrow()
        .counts();
  }

  private void createSpace(EmbeddingSpace wanted) {
    var _ = engine.embeddings().createSpace(space, wanted, Optional.empty());
  }

  private static EmbeddingSpace space(
      String name, int dimension, VectorMetric metric, String model) {
    return new EmbeddingSpace(new Name(name), dimension, metric, model, VectorStorage.FLOAT32);
  }

  private void collect() {
    var _ = engine.collections().run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
  }

  private void assertFindsPages() {
    assertThat(near(CLIP, 0, 1))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.row().id()).isEqualTo(idOf(PAGES));
              assertThat(found.part()).isEqualTo("page-2");
              assertThat(found.score()).isEqualTo(1);
            });
    assertThat(near(CLIP, 3, 3)).extracting(Found::part).containsExactly("2");
  }

  @Test
  void theyAreFoundByPartInASpaceThatIsMadeForTheModel() {
    long before = engine.versions().newest();

    PutResult put = put(AssetKind.EMBED, PAGES);

    assertThat(put.payloadProblem()).isEmpty();
    assertThat(put.version()).isEqualTo(engine.versions().newest());
    assertThat(engine.embeddings().spaces(space))
        .extracting(status -> status.row().space())
        .containsExactly(space("clip-vit-l14", 2, VectorMetric.COSINE, "CLIP ViT-L14"));
    assertThat(engine.versions().newest()).isEqualTo(before + 2);
    assertFindsPages();
  }

  @Test
  void everyWayOfPuttingFeedsTheIndex() {
    String[] contents =
        IntStream.range(0, 5)
            .mapToObj(i -> FakePayloads.embed("m", 2, VectorMetric.EUCLIDEAN, "s" + i + " 1 " + i))
            .toArray(String[]::new);
    var _ = put(AssetKind.EMBED, contents[0]);
    var _ = putChunks(AssetKind.EMBED, contents[1], true);
    var _ = putFile("a", AssetKind.EMBED, contents[2]);
    TransactionKey key = begin();
    try (PutSession session =
        engine.assets().beginPut(space, header(AssetKind.EMBED), transactions().puts(key))) {
      byte[] bytes = contents[3].getBytes(UTF_8);
      session.write(bytes, 0, bytes.length);
      assertThat(session.finish(Optional.empty()).version()).isZero();
    }
    var _ =
        transactions()
            .stage(
                key,
                List.of(
                    new StepOrder.PutFiles(MAIN, List.of(file("b", AssetKind.EMBED, contents[4])))),
                Optional.empty());
    assertThat(counts("m")).isEqualTo(new Counts(3, 0));
    collect();
    var _ = transactions().commit(key);

    for (int i = 0; i < contents.length; i++) {
      assertThat(near(new Name("m"), 1, i).getFirst().row().id()).isEqualTo(idOf(contents[i]));
      assertThat(near(new Name("m"), 1, i).getFirst().part()).isEqualTo("s" + i);
    }
  }

  @Test
  void theyOutliveARestartAndCollection() {
    var _ = put(AssetKind.EMBED, PAGES);
    collect();
    reopen();
    assertFindsPages();
  }

  @Test
  void deletingTheAssetTakesThemAwayAndPuttingItBringsThemBack() {
    var _ = put(AssetKind.EMBED, PAGES);
    assertFindsPages();
    engine.deletes().delete(space, idOf(PAGES), false, "ada", "", Optional.empty());
    assertThat(near(CLIP, 0, 1)).isEmpty();
    collect();

    var _ = put(AssetKind.EMBED, PAGES);

    assertFindsPages();
  }

  @Test
  void puttingItAgainChangesNothing() {
    var _ = put(AssetKind.EMBED, PAGES);
    long version = engine.versions().newest();

    var _ = put(AssetKind.EMBED, PAGES);

    assertThat(engine.versions().newest()).isEqualTo(version);
    var _ =
        engine
            .embeddings()
            .remove(
                space, List.of(new EmbeddingName(idOf(PAGES), CLIP, "page-2")), Optional.empty());
    assertThat(near(CLIP, 0, 1)).extracting(Found::part).containsExactly("2");
    var _ = put(AssetKind.EMBED, PAGES);
    assertFindsPages();
  }

  @Test
  void aBlobThatBecomesOneIsFoundFromThen() {
    put(file("a", PAGES));
    assertThat(spaces()).isEmpty();

    var _ = putFile("a", AssetKind.EMBED, PAGES);

    assertFindsPages();
  }

  @Test
  void whatIsNotValidOrNotLookedAtIsNotFound() {
    String wrong = FakePayloads.embed("m", 2, VectorMetric.COSINE, "a 1 2", "b 0 0");
    assertThat(put(AssetKind.EMBED, wrong).payloadProblem()).startsWith("vector 1");
    validate("off");
    var _ = put(AssetKind.EMBED, PAGES);

    assertThat(spaces()).isEmpty();
    validate("warn");
    var _ = put(AssetKind.EMBED, PAGES);
    assertFindsPages();
  }

  @Test
  void overTheLimitStrictRefusesAndWarnStoresWithoutIndex() {
    String[] vectors =
        IntStream.rangeClosed(0, Limits.EMBEDDING_PARTS_MAX)
            .mapToObj(_ -> "- 1")
            .toArray(String[]::new);
    String many = FakePayloads.embed("m", 1, VectorMetric.COSINE, vectors);

    assertThat(reasonOf(() -> putChunks(AssetKind.EMBED, many, true)))
        .isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(put(AssetKind.EMBED, many).payloadProblem()).contains("10001");
    assertThat(metadataOf(many)).containsEntry("aifs.payload", "unvalidated");
    assertThat(spaces()).isEmpty();
  }

  @Test
  void asManyAsThereCanBeAreEmbedded() {
    String[] vectors =
        IntStream.range(0, Limits.EMBEDDING_PARTS_MAX)
            .mapToObj(i -> "s 1 " + i)
            .toArray(String[]::new);
    String many = FakePayloads.embed("m", 2, VectorMetric.DOT_PRODUCT, vectors);

    var _ = put(AssetKind.EMBED, many);

    assertThat(counts("m")).isEqualTo(new Counts(Limits.EMBEDDING_PARTS_MAX, 0));
    assertThat(near(new Name("m"), 0, 1))
        .extracting(Found::part)
        .containsExactly("s#" + Limits.EMBEDDING_PARTS_MAX);
    NewEmbedding another =
        new NewEmbedding(idOf(many), "more", FloatVectors.encode(new float[] {1, 1}));
    assertThat(
            reasonOf(
                () ->
                    engine
                        .embeddings()
                        .put(space, new Name("m"), List.of(another), Optional.empty())))
        .isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void oneCallOfSmallFilesBringsNoMoreThanOneAsset() {
    String[] vectors = IntStream.range(0, 6_000).mapToObj(_ -> "- 1").toArray(String[]::new);
    String one = FakePayloads.embed("m", 1, VectorMetric.COSINE, vectors);
    String two = FakePayloads.embed("n", 1, VectorMetric.COSINE, vectors);
    StepOrder first = new StepOrder.PutFiles(MAIN, List.of(file("a", AssetKind.EMBED, one)));
    StepOrder second = new StepOrder.PutFiles(MAIN, List.of(file("b", AssetKind.EMBED, two)));

    assertThat(
            reasonOf(() -> put(file("a", AssetKind.EMBED, one), file("b", AssetKind.EMBED, two))))
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(
            reasonOf(() -> transactions().apply(space, List.of(first, second), Optional.empty())))
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(paths()).isEmpty();
  }

  @Test
  void quarantineHoldsThemBackUntilTheyAreApproved() {
    policy("\"embeddings\": {\"review\": \"outside_norm\", \"norm_max\": 1.2}");

    var _ = put(AssetKind.EMBED, PAGES);

    assertThat(counts(CLIP.value())).isEqualTo(new Counts(2, 1));
    List<EmbeddingService.Waiting> waiting =
        engine.embeddings().quarantined(space, Optional.empty(), 10);
    assertThat(waiting).extracting(one -> one.row().part()).containsExactly("2");
    assertThat(near(CLIP, 1, 1).getFirst().score()).isLessThan(1);
    var _ =
        engine
            .embeddings()
            .review(
                space, new Review(List.of(), true, Optional.empty(), true, ""), Optional.empty());
    assertFindsPages();
  }

  @Test
  void theSpaceOfTheModelIsUsedIfThereIsOne() {
    createSpace(space("a", 2, VectorMetric.COSINE, "another"));
    createSpace(space("b", 2, VectorMetric.DOT_PRODUCT, "CLIP ViT-L14"));
    createSpace(space("c", 3, VectorMetric.COSINE, "CLIP ViT-L14"));
    createSpace(space("d", 2, VectorMetric.COSINE, "CLIP ViT-L14"));
    createSpace(space("e", 2, VectorMetric.COSINE, "CLIP ViT-L14"));

    var _ = put(AssetKind.EMBED, PAGES);

    assertThat(spaces()).containsExactly("a", "b", "c", "d", "e");
    assertThat(near(new Name("d"), 0, 1)).hasSize(1);
    String other = FakePayloads.embed("CLIP ViT-L14", 2, VectorMetric.COSINE, "x 1 0");
    policy("\"embeddings\": {\"spaces\": [\"e\"]}");
    var _ = put(AssetKind.EMBED, other);
    assertThat(near(new Name("e"), 0, 1)).hasSize(1);
  }

  @Test
  void aNameThatIsTakenGetsTheDimensionAndTheMetric() {
    createSpace(space("clip-vit-l14", 7, VectorMetric.COSINE, "mine"));
    var _ = put(AssetKind.EMBED, PAGES);
    for (VectorMetric metric : List.of(VectorMetric.DOT_PRODUCT, VectorMetric.EUCLIDEAN)) {
      var _ = put(AssetKind.EMBED, FakePayloads.embed("CLIP ViT-L14", 2, metric, "x 1 0"));
    }
    for (String model : List.of("clip/vit L14", "clip vit l14", "", "snap", "ab".repeat(16), "é")) {
      var _ = put(AssetKind.EMBED, FakePayloads.embed(model, 2, VectorMetric.COSINE, "x 1 0"));
    }

    assertThat(spaces())
        .containsExactlyInAnyOrder(
            "clip-vit-l14",
            "clip-vit-l14-2",
            "clip-vit-l14-2-dot_product",
            "clip-vit-l14-2-euclidean",
            "clip-vit-l14-2-cosine",
            "clip-vit-l14-3",
            "2",
            "snap-2",
            "ab".repeat(16) + "-2",
            "2-2");
  }

  @Test
  void aSpaceThatMayNotBeIsRefusedByItsRule() {
    policy("\"embeddings\": {\"spaces\": [\"text\"]}");

    AifsException.Precondition refusal =
        catchThrowableOfType(AifsException.Precondition.class, () -> put(AssetKind.EMBED, PAGES));

    assertThat(refusal.reason()).isEqualTo(Reason.POLICY_VIOLATED);
    assertThat(refusal.violations().getFirst().rule()).isEqualTo("/embeddings/spaces");
    assertThat(isVisible(PAGES)).isFalse();
    policy("\"embeddings\": {\"spaces\": [\"text\"]}, \"payload\": {\"validate\": \"off\"}");
    assertThat(put(AssetKind.EMBED, PAGES).version()).isPositive();
  }

  @Test
  void noMoreSpacesThanTheLimitAreMade() {
    for (int i = 0; i < Limits.SPACES_MAX; i++) {
      createSpace(space("s" + i, 2, VectorMetric.COSINE, ""));
    }

    assertThat(reasonOf(() -> put(AssetKind.EMBED, PAGES))).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(isVisible(PAGES)).isFalse();
  }

  @Test
  void whoMayNotReadIsNotToldOfTheEmbeddingsOfOthers() {
    var _ = put(AssetKind.EMBED, PAGES);
    Digest id = idOf(PAGES);
    List<NewEmbedding> others =
        IntStream.range(3, Limits.EMBEDDING_PARTS_MAX)
            .mapToObj(
                i -> new NewEmbedding(id, "other" + i, FloatVectors.encode(new float[] {1, 1})))
            .toList();
    for (int at = 0; at < others.size(); at += 4_000) {
      List<NewEmbedding> some = others.subList(at, Math.min(others.size(), at + 4_000));
      var _ = engine.embeddings().put(space, CLIP, some, Optional.empty());
    }
    var _ =
        engine
            .embeddings()
            .remove(space, List.of(new EmbeddingName(id, CLIP, "page-1")), Optional.empty());
    var _ =
        engine
            .embeddings()
            .put(
                space,
                CLIP,
                List.of(new NewEmbedding(id, "one", FloatVectors.encode(new float[] {1, 1}))),
                Optional.empty());

    assertThat(reasonOf(() -> put(AssetKind.EMBED, PAGES))).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(put(AssetKind.EMBED, PAGES, false).payloadProblem()).isEmpty();
  }
}

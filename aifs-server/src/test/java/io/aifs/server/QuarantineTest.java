package io.aifs.server;

import static io.aifs.server.EmbeddingFixture.NOON;
import static io.aifs.server.EmbeddingFixture.TEXT;
import static io.aifs.server.EmbeddingFixture.TEXT_SPACE;
import static io.aifs.server.EmbeddingFixture.embedding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.embedding.Review;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy has wait for approval, and what becomes of it. */
class QuarantineTest {
  private static final String ALL = "{\"review\": \"all\"}";
  private static final String OUTSIDE =
      "{\"review\": \"outside_norm\", \"norm_min\": 0.5, \"norm_max\": 2}";

  @TempDir Path directory;
  private EmbeddingFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new EmbeddingFixture(directory);
    fixture.embeddings.createSpace(fixture.space, TEXT_SPACE, Optional.empty());
  }

  @AfterEach
  void checkAndClose() throws IOException {
    assertThat(fixture.store.damage()).isEmpty();
    fixture.close();
  }

  static EmbeddingService.Changed review(
      EmbeddingFixture fixture, boolean approve, EmbeddingName... names) {
    return fixture.embeddings.review(
        fixture.space,
        new Review(List.of(names), false, Optional.empty(), approve, "looked at"),
        Optional.empty());
  }

  private EmbeddingService.Changed reviewAll(Optional<Name> space, boolean approve) {
    return fixture.embeddings.review(
        fixture.space, new Review(List.of(), true, space, approve, ""), Optional.empty());
  }

  private List<EmbeddingService.Waiting> waiting() {
    return fixture.embeddings.quarantined(fixture.space, Optional.empty(), 100);
  }

  private Optional<String> rule(Digest asset) {
    return fixture.rows(asset).getFirst().quarantine().map(EmbeddingRow.Quarantine::rule);
  }

  private static EmbeddingName name(Digest asset, String part) {
    return new EmbeddingName(asset, TEXT, part);
  }

  @Test
  void everyEmbeddingWaitsWhereAllAreReviewed() {
    Digest a = fixture.asset("a");
    fixture.policy(ALL);
    long before = fixture.newest();

    EmbeddingService.Put put = fixture.put(embedding(a, "1", 3, 4, 0), embedding(a, "2", 0, 1, 0));

    assertThat(put.quarantined()).isEqualTo(2);
    assertThat(fixture.eventsAfter(before))
        .extracting(EventRow::type)
        .containsExactly("embedding.quarantine");
    assertThat(waiting()).extracting(EmbeddingService.Waiting::norm).containsExactly(5.0, 1.0);
    assertThat(waiting().getFirst().row().quarantine())
        .contains(new EmbeddingRow.Quarantine("/embeddings/review", NOON));
    assertThat(fixture.embeddings.spaces(fixture.space).getFirst().counts())
        .isEqualTo(new Counts(0, 2));
  }

  @Test
  void normOutsideTheBoundsWaitsAndInsideIsApprovedByRule() {
    Digest a = fixture.asset("a");
    Digest b = fixture.asset("b");
    Digest c = fixture.asset("c");
    fixture.policy(OUTSIDE);

    EmbeddingService.Put put =
        fixture.put(
            embedding(a, "", 0.25f, 0, 0), embedding(b, "", 2, 0, 0), embedding(c, "", 2, 1, 0));

    assertThat(put.quarantined()).isEqualTo(2);
    assertThat(rule(a)).contains("/embeddings/norm_min");
    assertThat(rule(b)).isEmpty();
    assertThat(rule(c)).contains("/embeddings/norm_max");
  }

  @Test
  void approvedIsFoundAndStaysSoWhenItIsPutAgain() {
    Digest a = fixture.asset("a");
    fixture.policy(ALL);
    fixture.put(embedding(a, "", 1, 0, 0));
    long before = fixture.newest();

    EmbeddingService.Changed approved =
        review(fixture, true, name(a, ""), name(a, ""), name(a, "none"));

    assertThat(approved).isEqualTo(new EmbeddingService.Changed(1, fixture.newest()));
    assertThat(fixture.eventsAfter(before))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("embedding.approve");
              assertThat(event.assets()).containsExactly(a);
              assertThat(event.details()).containsEntry("reason", "looked at");
            });
    assertThat(rule(a)).isEmpty();
    assertThat(fixture.put(embedding(a, "", 1, 0, 0)).quarantined()).isZero();
    assertThat(rule(a)).isEmpty();
    assertThat(review(fixture, false, name(a, "")).count()).isZero();
    assertThat(fixture.rows(a)).hasSize(1);
  }

  @Test
  void replacementOfWhatIsFoundWaits() {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "", 1, 0, 0));
    fixture.policy(ALL);

    assertThat(fixture.put(embedding(a, "", 0, 1, 0)).quarantined()).isEqualTo(1);

    assertThat(rule(a)).contains("/embeddings/review");
    assertThat(fixture.rows(a)).hasSize(1);
  }

  @Test
  void whatNeedNotWaitAnyMoreIsFoundWhenItIsPutAgain() {
    Digest a = fixture.asset("a");
    fixture.policy(ALL);
    fixture.put(embedding(a, "", 1, 0, 0));
    fixture.policy("");
    assertThat(rule(a)).isPresent();

    fixture.put(embedding(a, "", 1, 0, 0));

    assertThat(rule(a)).isEmpty();
  }

  @Test
  void rejectedIsGone() {
    Digest a = fixture.asset("a");
    fixture.policy(ALL);
    fixture.put(embedding(a, "1", 1, 0, 0), embedding(a, "2", 1, 0, 0));
    long before = fixture.newest();

    assertThat(review(fixture, false, name(a, "1")).count()).isEqualTo(1);

    assertThat(fixture.rows(a)).extracting(EmbeddingRow::part).containsExactly("2");
    assertThat(fixture.eventsAfter(before))
        .extracting(EventRow::type)
        .containsExactly("embedding.reject");
  }

  @Test
  void allOfASpaceAreReviewedInMoreThanOneWrite() {
    Digest a = fixture.asset("a");
    Name other = new Name("3");
    fixture.embeddings.createSpace(fixture.space, EmbeddingSpace.ofDimension(3), Optional.empty());
    fixture.policy(ALL);
    for (int batch = 0; batch < 2; batch++) {
      List<NewEmbedding> parts = new ArrayList<>();
      for (int i = 0; i < 4_000; i++) {
        parts.add(embedding(a, batch + " " + i, 1, 2, 3));
      }
      fixture.embeddings.put(fixture.space, TEXT, parts, Optional.empty());
    }
    fixture.embeddings.put(
        fixture.space, other, List.of(embedding(a, "", 1, 2, 3)), Optional.empty());

    assertThat(reviewAll(Optional.of(TEXT), true).count()).isEqualTo(8_000);
    assertThat(waiting()).extracting(one -> one.row().space()).containsExactly("3");
    assertThat(reviewAll(Optional.empty(), false).count()).isEqualTo(1);
    assertThat(waiting()).isEmpty();
    assertThat(fixture.rows(a)).hasSize(8_000);
  }

  @Test
  void spaceThatThePolicyDoesNotNameIsRefused() {
    Digest a = fixture.asset("a");
    fixture.policy("{\"spaces\": [\"other\"]}");

    AifsException.Precondition refusal =
        catchThrowableOfType(
            AifsException.Precondition.class, () -> fixture.put(embedding(a, "", 1, 2, 3)));
    assertThat(refusal.reason()).isEqualTo(Reason.POLICY_VIOLATED);
    assertThat(refusal.violations().getFirst().rule()).isEqualTo("/embeddings/spaces");
    refusal =
        catchThrowableOfType(
            AifsException.Precondition.class,
            () -> fixture.asset("b", FloatVectors.encode(new float[] {1})));
    assertThat(refusal.reason()).isEqualTo(Reason.POLICY_VIOLATED);
    assertThat(fixture.rows(a)).isEmpty();
  }

  @Test
  void embeddingThatComesWithItsAssetMakesItsSpaceAndObeysThePolicy() {
    long before = fixture.newest();

    Digest a = fixture.asset("a", FloatVectors.encode(new float[] {1, 2})).id();

    assertThat(fixture.rows(a)).extracting(EmbeddingRow::space).containsExactly("2");
    assertThat(rule(a)).isEmpty();
    assertThat(fixture.eventsAfter(before))
        .extracting(EventRow::type)
        .containsExactly("asset.put", "space.create");
    fixture.policy(OUTSIDE);
    long after = fixture.newest();
    Digest b = fixture.asset("b", FloatVectors.encode(new float[] {3, 4})).id();
    assertThat(rule(b)).contains("/embeddings/norm_max");
    assertThat(fixture.asset("a", FloatVectors.encode(new float[] {3, 4})).version())
        .isEqualTo(fixture.newest());
    assertThat(rule(a)).contains("/embeddings/norm_max");
    assertThat(fixture.eventsAfter(after))
        .extracting(EventRow::type)
        .containsExactly("asset.put", "asset.update");
  }

  @Test
  void embeddingThatComesWithItsAssetIsRefusedEarlyIfItCannotBeCompared() {
    fixture.embeddings.createSpace(
        fixture.space,
        new EmbeddingSpace(
            new Name("5"), 4, TEXT_SPACE.metric(), TEXT_SPACE.model(), TEXT_SPACE.storage()),
        Optional.empty());
    List<float[]> wrong =
        List.of(new float[] {1, Float.NaN}, new float[] {0, 0}, new float[] {1, 2, 3, 4, 5});

    for (float[] values : wrong) {
      AifsException.InvalidRequest refusal =
          catchThrowableOfType(
              AifsException.InvalidRequest.class,
              () -> fixture.asset("a", FloatVectors.encode(values)));
      assertThat(refusal.reason()).isEqualTo(Reason.VECTOR_INVALID);
      assertThat(refusal.field()).isEqualTo("embedding");
    }
    assertThat(fixture.rows(Digest.of("a".getBytes(UTF_8)))).isEmpty();
  }

  @Test
  void collectionKeepsWhatWaits() {
    Digest a = fixture.asset("a");
    fixture.policy(ALL);
    fixture.put(embedding(a, "1", 1, 0, 0), embedding(a, "2", 0, 0.5f, 0));

    fixture.store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);

    assertThat(waiting().getLast().norm()).isCloseTo(0.5, within(1e-9));
  }
}

package io.aifs.server;

import static io.aifs.server.EmbeddingFixture.NOON;
import static io.aifs.server.EmbeddingFixture.TEXT;
import static io.aifs.server.EmbeddingFixture.TEXT_SPACE;
import static io.aifs.server.EmbeddingFixture.embedding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.NewEmbedding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spaces, and what is embedded in them: what is stored, told, refused, and kept alive. */
class EmbeddingServiceTest {
  @TempDir Path directory;
  private EmbeddingFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new EmbeddingFixture(directory);
    createSpace(TEXT_SPACE);
  }

  @AfterEach
  void checkAndClose() throws IOException {
    assertThat(fixture.store.damage()).isEmpty();
    fixture.close();
  }

  private SpaceRow createSpace(EmbeddingSpace space) {
    return fixture.embeddings.createSpace(fixture.space, space, Optional.empty());
  }

  private static <E extends AifsException> E refused(
      Class<E> type, Reason reason, ThrowingCallable call) {
    E refusal = catchThrowableOfType(type, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }

  private static WriteRequest request(String id, String content) {
    return new WriteRequest(
        new RequestKey("one/family", "PutEmbeddings", id), Digest.of(content.getBytes(UTF_8)));
  }

  private static EmbeddingName name(Digest asset, String part) {
    return new EmbeddingName(asset, TEXT, part);
  }

  @Test
  void spaceIsMadeOnceAndToldOnce() {
    long before = fixture.newest();
    EmbeddingSpace clip =
        new EmbeddingSpace(new Name("clip"), 512, VectorMetric.COSINE, "größe", VectorStorage.INT8);

    SpaceRow made = createSpace(clip);

    assertThat(made).isEqualTo(new SpaceRow(clip, NOON));
    assertThat(createSpace(clip)).isEqualTo(made);
    assertThat(fixture.eventsAfter(before))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("space.create");
              assertThat(event.details())
                  .containsEntry("space", "clip")
                  .containsEntry("dimension", "512")
                  .containsEntry("metric", "COSINE");
            });
    assertThat(fixture.embeddings.spaces(fixture.space))
        .extracting(EmbeddingService.SpaceStatus::row)
        .containsExactly(made, new SpaceRow(TEXT_SPACE, NOON));
  }

  @Test
  void spaceThatIsThereStaysWhatItIs() {
    AifsException.AlreadyExists refusal =
        refused(
            AifsException.AlreadyExists.class,
            Reason.SPACE_EXISTS,
            () ->
                createSpace(
                    new EmbeddingSpace(
                        TEXT, 4, VectorMetric.COSINE, "a model", VectorStorage.FLOAT32)));

    assertThat(refusal).hasMessageContaining("'text'").hasMessageContaining("dimension 3");
  }

  @Test
  void spacesAreSoManyAtMost() {
    for (int i = 1; i < Limits.SPACES_MAX; i++) {
      createSpace(EmbeddingSpace.ofDimension(i));
    }

    refused(
        AifsException.LimitExceeded.class,
        Reason.LIMIT_EXCEEDED,
        () -> createSpace(EmbeddingSpace.ofDimension(4_000)));
    createSpace(EmbeddingSpace.ofDimension(1));
    float[] values = new float[500];
    values[0] = 1;
    refused(
        AifsException.LimitExceeded.class,
        Reason.LIMIT_EXCEEDED,
        () -> fixture.asset("a", FloatVectors.encode(values)));
  }

  @Test
  void partsAreStoredAndToldWithTheirAssets() throws IOException {
    Digest a = fixture.asset("a");
    Digest b = fixture.asset("b");
    long before = fixture.newest();

    EmbeddingService.Put put =
        fixture.put(
            embedding(a, "", 1, 0, 0), embedding(a, "page 1", 0, 1, 0), embedding(b, "", 1, 0, 0));

    assertThat(put).isEqualTo(new EmbeddingService.Put(3, 0, fixture.newest()));
    assertThat(fixture.rows(a)).extracting(EmbeddingRow::part).containsExactly("", "page 1");
    Digest content = fixture.rows(b).getFirst().content();
    assertThat(
            fixture
                .store
                .chunkStores
                .of(fixture.space.domain())
                .getAll(RecordType.CHUNK, List.of(content)))
        .containsEntry(content, FloatVectors.encode(new float[] {1, 0, 0}));
    assertThat(fixture.eventsAfter(before))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("embedding.put");
              assertThat(event.assets()).containsExactlyInAnyOrder(a, b);
              assertThat(event.items()).hasSize(2);
              assertThat(event.details()).isEqualTo(Map.of("space", "text"));
            });
    assertThat(fixture.embeddings.spaces(fixture.space).getFirst().counts())
        .isEqualTo(new Counts(3, 0));
  }

  @Test
  void sameAgainChangesNothingAndOtherValuesReplace() {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "", 1, 0, 0));
    long before = fixture.newest();

    assertThat(fixture.put(embedding(a, "", 1, 0, 0)).version()).isEqualTo(before);
    assertThat(fixture.eventsAfter(before)).isEmpty();

    assertThat(fixture.put(embedding(a, "", 0, 1, 0)).version()).isGreaterThan(before);
    assertThat(fixture.rows(a)).hasSize(1);
  }

  @Test
  void vectorsThatCannotBeComparedNameThePlaceAndLeaveNothing() {
    Digest a = fixture.asset("a");
    long before = fixture.newest();
    Map<String, NewEmbedding> wrong =
        Map.of(
            "has dimension 2, and embedding space 'text' has dimension 3",
            embedding(a, "", 1, 2),
            "value 1 of the vector is NaN",
            embedding(a, "", 1, Float.NaN, 3),
            "value 2 of the vector is -Infinity",
            embedding(a, "", 1, 2, Float.NEGATIVE_INFINITY),
            "the vector is zero",
            embedding(a, "", 0, 0, -0f),
            "5 bytes",
            new NewEmbedding(a, "", new byte[5]));

    wrong.forEach(
        (message, vector) -> {
          AifsException.InvalidRequest refusal =
              refused(
                  AifsException.InvalidRequest.class,
                  Reason.VECTOR_INVALID,
                  () -> fixture.put(embedding(a, "good", 1, 2, 3), vector));
          assertThat(refusal).hasMessageContaining(message).hasMessageContaining("embeddings[1]");
          assertThat(refusal.field()).isEqualTo("embeddings[1]");
        });
    assertThat(fixture.rows(a)).isEmpty();
    assertThat(fixture.newest()).isEqualTo(before);
  }

  @Test
  void zeroVectorIsGoodWhereDirectionsAreNotCompared() {
    Digest a = fixture.asset("a");
    Name flat = new Name("flat");
    createSpace(new EmbeddingSpace(flat, 2, VectorMetric.EUCLIDEAN, "", VectorStorage.FLOAT32));

    fixture.embeddings.put(fixture.space, flat, List.of(embedding(a, "", 0, 0)), Optional.empty());

    assertThat(fixture.rows(a)).hasSize(1);
  }

  @Test
  void unknownSpacesAndAssetsThatAreNotVisibleAreNamed() {
    Digest a = fixture.asset("a");
    Digest gone = fixture.asset("gone");
    fixture.store.deletes.delete(fixture.space, gone, true, "test", "", Optional.empty());

    refused(
        AifsException.NotFound.class,
        Reason.SPACE_NOT_FOUND,
        () ->
            fixture.embeddings.put(
                fixture.space,
                new Name("none"),
                List.of(embedding(a, "", 1, 2, 3)),
                Optional.empty()));
    refused(
        AifsException.NotFound.class,
        Reason.ASSET_DELETED,
        () -> fixture.put(embedding(a, "", 1, 2, 3), embedding(gone, "", 1, 2, 3)));
    refused(
        AifsException.NotFound.class,
        Reason.ASSET_NOT_FOUND,
        () -> fixture.put(embedding(a, "", 1, 2, 3), embedding(Digest.of(new byte[9]), "", 1, 2)));
    assertThat(fixture.rows(a)).isEmpty();
  }

  @Test
  void assetHasSoManyPartsAtMost() {
    Digest a = fixture.asset("a");
    int left = Limits.EMBEDDING_PARTS_MAX;
    while (left > 0) {
      List<NewEmbedding> parts = new ArrayList<>();
      for (int i = Math.min(left, Limits.BATCH_ENTRIES_MAX); i > 0; i--) {
        parts.add(embedding(a, "p" + left--, 1, 2, 3));
      }
      fixture.embeddings.put(fixture.space, TEXT, parts, Optional.empty());
    }

    refused(
        AifsException.LimitExceeded.class,
        Reason.LIMIT_EXCEEDED,
        () -> fixture.put(embedding(a, "one more", 1, 2, 3)));
    fixture.put(embedding(a, "p1", 3, 2, 1));
    assertThat(fixture.rows(a)).hasSize(Limits.EMBEDDING_PARTS_MAX);
  }

  @Test
  void callOfTooManyIsRefused() {
    Digest a = fixture.asset("a");
    List<NewEmbedding> many = new ArrayList<>();
    for (int i = 0; i <= Limits.BATCH_ENTRIES_MAX; i++) {
      many.add(embedding(a, "p" + i, 1, 2, 3));
    }

    refused(
        AifsException.InvalidRequest.class,
        Reason.LIMIT_EXCEEDED,
        () -> fixture.embeddings.put(fixture.space, TEXT, many, Optional.empty()));
  }

  @Test
  void repeatedRequestGivesTheFirstResultAndDoesNothing() {
    Digest a = fixture.asset("a");
    Optional<WriteRequest> request = Optional.of(request("r1", "put"));
    List<NewEmbedding> one = List.of(embedding(a, "", 1, 2, 3));
    EmbeddingService.Put first = fixture.embeddings.put(fixture.space, TEXT, one, request);
    Optional<WriteRequest> removal = Optional.of(request("r2", "remove"));
    List<EmbeddingName> names = List.of(name(a, ""), name(a, "none"));
    EmbeddingService.Changed removed = fixture.embeddings.remove(fixture.space, names, removal);
    long before = fixture.newest();

    assertThat(removed.count()).isEqualTo(1);
    assertThat(fixture.embeddings.put(fixture.space, TEXT, one, request)).isEqualTo(first);
    assertThat(fixture.embeddings.remove(fixture.space, names, removal)).isEqualTo(removed);
    assertThat(fixture.newest()).isEqualTo(before);
    assertThat(fixture.rows(a)).isEmpty();
    refused(
        AifsException.InvalidRequest.class,
        Reason.REQUEST_ID_REUSED,
        () ->
            fixture.embeddings.put(fixture.space, TEXT, one, Optional.of(request("r1", "other"))));
  }

  @Test
  void removedIsToldWithItsAssets() {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "1", 1, 2, 3), embedding(a, "2", 1, 2, 3));
    long before = fixture.newest();

    fixture.embeddings.remove(
        fixture.space, List.of(name(a, "1"), name(a, "1"), name(a, "3")), Optional.empty());

    assertThat(fixture.rows(a)).extracting(EmbeddingRow::part).containsExactly("2");
    assertThat(fixture.eventsAfter(before))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("embedding.remove");
              assertThat(event.assets()).containsExactly(a);
            });
  }

  @Test
  void collectionKeepsEveryPartAndGivesBackWhatWasRemoved() throws IOException {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "1", 1, 0, 0), embedding(a, "2", 0, 1, 0));
    Digest kept = fixture.rows(a).getFirst().content();
    Digest removed = fixture.rows(a).getLast().content();
    fixture.embeddings.remove(fixture.space, List.of(name(a, "2")), Optional.empty());

    fixture.store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);

    assertThat(
            fixture
                .store
                .chunkStores
                .of(fixture.space.domain())
                .missing(RecordType.CHUNK, List.of(kept, removed)))
        .containsExactly(removed);
    fixture.put(embedding(a, "2", 0, 1, 0)); // stored anew
  }

  @Test
  void condemnedVectorThatIsPutAgainIsThere() throws IOException {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "", 1, 0, 0));
    Digest content = fixture.rows(a).getFirst().content();
    fixture.embeddings.remove(fixture.space, List.of(name(a, "")), Optional.empty());
    fixture.store.collections.run(Duration.ofDays(1), Duration.ZERO, CollectionListener.NONE);

    fixture.put(embedding(a, "", 1, 0, 0));
    fixture.store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);

    assertThat(
            fixture
                .store
                .chunkStores
                .of(fixture.space.domain())
                .missing(RecordType.CHUNK, List.of(content)))
        .isEmpty();
  }

  @Test
  void partsComeBackWithTheirAsset() {
    Digest a = fixture.asset("a");
    fixture.put(embedding(a, "1", 1, 0, 0), embedding(a, "2", 0, 1, 0));
    List<EmbeddingRow> before = fixture.rows(a);
    fixture.store.deletes.delete(fixture.space, a, true, "test", "", Optional.empty());
    assertThat(fixture.rows(a)).isEmpty();

    fixture.store.revivals.revive(fixture.space, a);

    assertThat(fixture.rows(a)).isEqualTo(before);
  }

  /** Any change leaves a row of the outbox that names the asset, and no other asset changes. */
  @Test
  void whatChangesIsAlwaysTold() {
    SeededTest.run(3, this::changeAtRandom);
  }

  private void changeAtRandom(SplittableRandom random) {
    List<Digest> assets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assets.add(fixture.asset("asset " + i));
    }
    Map<String, String> policies =
        Map.of(
            "0",
            "{\"review\": \"all\"}",
            "1",
            "{\"review\": \"outside_norm\", \"norm_min\": 1, \"norm_max\": 2}",
            "2",
            "{\"review\": \"none\"}");
    for (int step = 0; step < 60; step++) {
      Map<Digest, List<EmbeddingRow>> before = all(assets);
      long sequence = fixture.newest();
      int chosen = random.nextInt(assets.size());
      Digest asset = assets.get(chosen);
      Digest another = assets.get((chosen + 1) % assets.size());
      String part = "part " + random.nextInt(3);
      switch (random.nextInt(6)) {
        case 0 ->
            fixture.embeddings.remove(fixture.space, List.of(name(asset, part)), Optional.empty());
        case 1 -> fixture.policy(requireNonNull(policies.get("" + random.nextInt(3))));
        case 2 -> QuarantineTest.review(fixture, random.nextBoolean(), name(asset, part));
        default ->
            fixture.put(
                embedding(asset, part, random.nextInt(3), 1, 0),
                embedding(another, part, 0, 1, random.nextInt(4)));
      }
      List<Digest> told =
          fixture.eventsAfter(sequence).stream().flatMap(row -> row.assets().stream()).toList();
      all(assets)
          .forEach(
              (id, rows) -> assertThat(told.contains(id)).isEqualTo(!rows.equals(before.get(id))));
      assertThat(fixture.eventsAfter(sequence)).extracting(EventRow::type).doesNotHaveDuplicates();
    }
  }

  private Map<Digest, List<EmbeddingRow>> all(List<Digest> assets) {
    Map<Digest, List<EmbeddingRow>> rows = new TreeMap<>();
    assets.forEach(asset -> rows.put(asset, fixture.rows(asset)));
    return rows;
  }
}

package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.engine.transaction.TransactionKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Embeddings of assets that are put into a transaction are judged when it is committed. */
class StagedEmbeddingTest extends TransactionFixture {
  private Digest stage(TransactionKey key, String content, float... values) {
    byte[] bytes = content.getBytes(UTF_8);
    PutHeader header =
        new PutHeader(
            AssetKind.BLOB, Map.of(), List.of(), FloatVectors.encode(values), Optional.empty());
    try (PutSession session = engine.assets().beginPut(space, header, transactions().puts(key))) {
      session.write(bytes, 0, bytes.length);
      return session.finish(Optional.empty()).id();
    }
  }

  private List<EmbeddingService.Waiting> waiting() {
    return engine.embeddings().quarantined(space, Optional.empty(), 10);
  }

  private void policy(String embeddings) {
    String document = "{\"version\": 1, \"embeddings\": " + embeddings + "}";
    assertThat(
            engine
                .policies()
                .set(
                    space,
                    new PolicyService.Order(document, OptionalLong.empty(), "ada", ""),
                    Optional.empty()))
        .isPresent();
  }

  @Test
  void spaceIsMadeByTheCommitAndThePolicyOfThenCounts() {
    TransactionKey key = begin();
    Digest inside = stage(key, "inside", 0.6f, 0.8f);
    Digest outside = stage(key, "outside", 3, 4);
    assertThat(engine.embeddings().spaces(space)).isEmpty();
    policy("{\"review\": \"outside_norm\", \"norm_max\": 2}");

    var _ = transactions().commit(key);

    assertThat(waiting())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.row().asset()).isEqualTo(outside).isNotEqualTo(inside);
              assertThat(one.row().quarantine().orElseThrow().rule())
                  .isEqualTo("/embeddings/norm_max");
              assertThat(one.norm()).isEqualTo(5);
            });
    assertThat(engine.embeddings().spaces(space))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.row().space()).isEqualTo(EmbeddingSpace.ofDimension(2));
              assertThat(status.counts()).isEqualTo(new Counts(1, 1));
            });
  }

  @Test
  void commitIsRefusedWholeIfTheSpaceMayNotBe() {
    TransactionKey key = begin();
    Digest asset = stage(key, "asset", 1, 2);
    policy("{\"spaces\": [\"clip\"]}");

    AifsException.Precondition refusal =
        catchThrowableOfType(AifsException.Precondition.class, () -> transactions().commit(key));

    assertThat(refusal.reason()).isEqualTo(Reason.POLICY_VIOLATED);
    assertThat(isVisible("asset")).isFalse();
    assertThat(asset).isEqualTo(idOf("asset"));
    assertThat(engine.embeddings().spaces(space)).isEmpty();
  }

  @Test
  void vectorOfAnotherDimensionThanTheSpaceThatCameMeanwhileIsNamed() {
    TransactionKey key = begin();
    var _ = stage(key, "asset", 1, 2);
    var _ =
        engine
            .embeddings()
            .createSpace(
                space,
                new EmbeddingSpace(
                    new Name("2"), 7, VectorMetric.COSINE, "", VectorStorage.FLOAT32),
                Optional.empty());

    AifsException.InvalidRequest refusal =
        catchThrowableOfType(AifsException.InvalidRequest.class, () -> transactions().commit(key));

    assertThat(refusal.reason()).isEqualTo(Reason.VECTOR_INVALID);
    assertThat(refusal).hasMessageContaining("dimension 2").hasMessageContaining("dimension 7");
    assertThat(isVisible("asset")).isFalse();
  }
}

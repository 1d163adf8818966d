package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.Embedding;
import io.aifs.proto.v1.EmbeddingName;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.RemoveEmbeddingsRequest;
import io.aifs.proto.v1.ReviewQuarantineRequest;
import io.aifs.proto.v1.SearchQuery;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.VectorMetric;
import io.aifs.proto.v1.VectorSearchRequest;
import io.grpc.Status.Code;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to search or embed wrongly is refused, by a reason and the field. */
class WrongSearchesTest extends SearchEdge {
  @BeforeEach
  void embedOne() {
    put("main", "east", "east");
    assertThat(createSpace(SPACE, 2, VectorMetric.VECTOR_METRIC_COSINE).getName()).isEqualTo(SPACE);
    embed(embedding("east", "", 1, 0));
  }

  private void refused(Reason reason, String field, SearchRequest.Builder request) {
    WireFailure.of(() -> ask(request)).is(Code.INVALID_ARGUMENT, reason).names(field);
  }

  private static SearchRequest.Builder fine() {
    return asking(near(1, 0));
  }

  @Test
  void vectorsThatNoSpaceTakes() {
    refused(Reason.VECTOR_INVALID, "vector", asking(near(1, 0, 0)));
    refused(Reason.VECTOR_INVALID, "vector", asking(near(1, 0, 0)).setSpace(SPACE));
    refused(Reason.VECTOR_INVALID, "vector", asking(near(1, Float.NaN)));
    refused(Reason.VECTOR_INVALID, "vector", asking(near(1, Float.POSITIVE_INFINITY)));
    refused(Reason.VECTOR_INVALID, "vector", asking(near(0, 0)));
    refused(Reason.VECTOR_INVALID, "vector", asking(near()));
    refused(Reason.VECTOR_INVALID, "vector", asking(near(new float[Limits.DIMENSION_MAX + 1])));
    SearchQuery torn = SearchQuery.newBuilder().setVector(vector(1).substring(1)).build();
    refused(Reason.VECTOR_INVALID, "vector", asking(torn));
    WireFailure wrong = WireFailure.of(() -> ask(asking(near(1, 0, 0)).setSpace(SPACE)));
    assertThat(wrong.status().getMessage()).contains("3").contains("2");
  }

  @Test
  void numbersOutsideTheirLimits() {
    refused(Reason.ARGUMENT_INVALID, "k", fine().setK(-1));
    refused(Reason.ARGUMENT_INVALID, "k", fine().setK(1_000_000));
    refused(Reason.ARGUMENT_INVALID, "effort", fine().setEffort(-1));
    refused(Reason.ARGUMENT_INVALID, "effort", fine().setEffort(1_000_000));
    refused(Reason.ARGUMENT_INVALID, "least_score", fine().setLeastScore(Float.NaN));
    refused(Reason.ARGUMENT_INVALID, "freshness_millis", fine().setFreshnessMillis(-1));
    refused(Reason.ARGUMENT_INVALID, "freshness_millis", fine().setFreshnessMillis(60_001));
    SearchQuery[] many =
        Collections.nCopies(Limits.SEARCH_QUERIES_MAX + 1, near(1, 0)).toArray(SearchQuery[]::new);
    refused(Reason.LIMIT_EXCEEDED, "queries", asking(many));
    SearchQuery[] most =
        Collections.nCopies(Limits.SEARCH_QUERIES_MAX, near(1, 0)).toArray(SearchQuery[]::new);
    refused(Reason.ARGUMENT_INVALID, "k", asking(most).setK(Limits.SEARCH_K_MAX));
    assertThat(ask(asking(most)).getResultsCount()).isEqualTo(Limits.SEARCH_QUERIES_MAX);
  }

  @Test
  void searchesThatAreTooMany() {
    var _ =
        PoliciesGrpc.newBlockingStub(channel)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setDocument("{\"version\": 1, \"rates\": {\"searches_per_second\": 2}}")
                    .build());
    WireFailure batch =
        WireFailure.of(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                assertThat(ask(asking(near(1, 0), near(0, 1))).getResultsCount()).isEqualTo(2);
              }
            });
    batch.is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);
    assertThat(batch.status().getMessage()).contains("rates.searches_per_second");
    WireFailure old =
        WireFailure.of(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                var _ =
                    aifs.vectorSearch(
                        VectorSearchRequest.newBuilder()
                            .setQueryEmbedding(vector(1, 0))
                            .setK(1)
                            .build());
              }
            });
    old.is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);
    assertThat(old.retryMillis()).isPositive();
  }

  @Test
  void queriesThatAskNothing() {
    refused(Reason.ARGUMENT_MISSING, "queries", asking());
    refused(Reason.ARGUMENT_MISSING, "queries[0]", asking(SearchQuery.getDefaultInstance()));
    refused(
        Reason.ASSET_ID_INVALID,
        "like_asset_id",
        asking(SearchQuery.newBuilder().setLikeAssetId("AB").build()));
    refused(
        Reason.ARGUMENT_INVALID,
        "like_part",
        asking(near(1, 0).toBuilder().setLikePart("p").build()));
    refused(
        Reason.ARGUMENT_INVALID,
        "like_part",
        asking(like("east").toBuilder().setLikePart("p".repeat(65)).build()));
  }

  @Test
  void conditionsAndPlacesThatCannotBe() {
    for (String condition :
        List.of("@nosuch=1", "lang", "=en", "lang=\"en", "a in (", "@kind=movie", "@size=big")) {
      WireFailure.of(() -> ask(fine().addWhere(condition)))
          .is(Code.INVALID_ARGUMENT, Reason.FILTER_INVALID);
    }
    refused(
        Reason.ARGUMENT_INVALID,
        "where",
        fine().addAllWhere(Collections.nCopies(Limits.SEARCH_CONDITIONS_MAX + 1, "a=b")));
    refused(Reason.ADDRESS_INVALID, "at", fine().setAt("main~x"));
    refused(Reason.PATH_INVALID, "path", fine().setPath("/absolute"));
    refused(Reason.ARGUMENT_INVALID, "space", fine().setSpace("No Space"));
    assertRefused(Code.NOT_FOUND, Reason.SPACE_NOT_FOUND, () -> ask(fine().setSpace("none")));
  }

  private void refusedPut(Code code, Reason reason, Embedding embedding) {
    assertRefused(code, reason, () -> embed(embedding("east", "ok", 1, 0), embedding));
  }

  @Test
  void embeddingsThatCannotBe() {
    Embedding fine = embedding("east", "p", 1, 0);
    refusedPut(Code.INVALID_ARGUMENT, Reason.VECTOR_INVALID, embedding("east", "p", 1, 0, 0));
    refusedPut(Code.INVALID_ARGUMENT, Reason.VECTOR_INVALID, embedding("east", "p", 1, Float.NaN));
    refusedPut(Code.INVALID_ARGUMENT, Reason.VECTOR_INVALID, embedding("east", "p", 0, 0));
    refusedPut(Code.INVALID_ARGUMENT, Reason.VECTOR_INVALID, embedding("east", "p"));
    refusedPut(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, embedding("nobody", "p", 1, 0));
    refusedPut(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        fine.toBuilder().setPart("p".repeat(65)).build());
    refusedPut(
        Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, fine.toBuilder().setPart("\n").build());
    refusedPut(
        Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID, fine.toBuilder().setAssetId("x").build());
    assertRefused(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING, this::embed);
    Embedding[] many =
        Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, fine).toArray(Embedding[]::new);
    assertRefused(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED, () -> embed(many));
    assertRefused(
        Code.NOT_FOUND,
        Reason.SPACE_NOT_FOUND,
        () ->
            search.putEmbeddings(
                PutEmbeddingsRequest.newBuilder().setSpace("none").addEmbeddings(fine).build()));
    assertThat(ask(asking(near(1, 0))).getResults(0).getHits(0).getPart())
        .as("all of a call is put, or nothing")
        .isEmpty();
  }

  @Test
  void spacesThatCannotBe() {
    CreateSpaceRequest fine = CreateSpaceRequest.newBuilder().setName("x").setDimension(3).build();
    for (CreateSpaceRequest wrong :
        List.of(
            fine.toBuilder().setDimension(0).build(),
            fine.toBuilder().setDimension(Limits.DIMENSION_MAX + 1).build(),
            fine.toBuilder().setName("X Y").build(),
            fine.toBuilder().setMetricValue(9).build(),
            fine.toBuilder().setStorageValue(9).build(),
            fine.toBuilder().setModel("m".repeat(Limits.MODEL_BYTES_MAX + 1)).build())) {
      assertRefused(
          Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> search.createSpace(wrong));
    }
  }

  @Test
  void reviewsThatSayNothingOrTooMuch() {
    EmbeddingName name = name("east", "");
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () -> search.reviewQuarantine(ReviewQuarantineRequest.getDefaultInstance()));
    ReviewQuarantineRequest both =
        ReviewQuarantineRequest.newBuilder().setAll(true).addEmbeddings(name).build();
    assertRefused(
        Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> search.reviewQuarantine(both));
    ReviewQuarantineRequest spaced =
        ReviewQuarantineRequest.newBuilder().setSpace(SPACE).addEmbeddings(name).build();
    assertRefused(
        Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> search.reviewQuarantine(spaced));
    ReviewQuarantineRequest wordy =
        ReviewQuarantineRequest.newBuilder()
            .setAll(true)
            .setReason("r".repeat(Limits.REASON_BYTES_MAX + 1))
            .build();
    assertRefused(
        Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED, () -> search.reviewQuarantine(wordy));
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () ->
            search.listQuarantine(ListQuarantineRequest.newBuilder().setPageToken("AAAA").build()));
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () -> search.removeEmbeddings(RemoveEmbeddingsRequest.getDefaultInstance()));
  }
}

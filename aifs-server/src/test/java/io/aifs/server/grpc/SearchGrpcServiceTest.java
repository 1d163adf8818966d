package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aifs.core.Reason;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.BuildIndexProgress;
import io.aifs.proto.v1.BuildIndexRequest;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DropIndexRequest;
import io.aifs.proto.v1.IndexState;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.ListQuarantineResponse;
import io.aifs.proto.v1.ListSpacesRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.PutEmbeddingsResponse;
import io.aifs.proto.v1.RemoveEmbeddingsRequest;
import io.aifs.proto.v1.ReviewQuarantineRequest;
import io.aifs.proto.v1.SearchGrpc;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.SpaceInfo;
import io.aifs.proto.v1.VectorMetric;
import io.aifs.proto.v1.VectorSearchRequest;
import io.aifs.proto.v1.VectorSearchResponse;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search over the wire. */
class SearchGrpcServiceTest extends SearchEdge {
  @BeforeEach
  void embedThree() {
    put("main", "a/east", "east");
    put("main", "a/north", "north");
    put("main", "b/west", "west");
    assertThat(createSpace(SPACE, 2, VectorMetric.VECTOR_METRIC_COSINE).getDimension())
        .isEqualTo(2);
    embed(embedding("east", "", 1, 0), embedding("north", "", 0, 1), embedding("west", "", -1, 0));
  }

  @Test
  void nearestComeFirstWithTheirScores() {
    SearchResponse found = ask(asking(near(2, 1), near(-1, 0)).setK(2));

    assertThat(found.getSpace()).isEqualTo(SPACE);
    assertThat(ids(found)).containsExactly(idOf("east"), idOf("north"));
    SearchHit first = found.getResults(0).getHits(0);
    assertThat(first.getScore()).isCloseTo(0.894427f, within(1e-4f));
    assertThat(first.hasMetadata()).isFalse();
    assertThat(first.getPath()).isEmpty();
    assertThat(found.getResults(1).getHits(0).getAssetId()).isEqualTo(idOf("west"));
    assertThat(found.getResults(1).getHits(0).getScore()).isCloseTo(1, within(1e-4f));
    assertThat(ids(ask(asking(near(2, 1)).setExact(true)))).hasSize(3);
    assertThat(ids(ask(asking(near(2, 1)).setLeastScore(0.5f)))).containsExactly(idOf("east"));
  }

  @Test
  void eachWriteIsFoundWithItsVersion() {
    for (int i = 0; i < 20; i++) {
      put("main", "c/" + i, "c" + i);
      PutEmbeddingsResponse put = embed(embedding("c" + i, "p" + i, 10 + i, 0.01f * i));
      Channel demanding =
          EdgeFixture.with(channel, "aifs-min-version", Long.toString(put.getVersion()));
      SearchResponse found =
          ask(demanding, asking(near(10 + i, 0.01f * i)).setK(100).setIncludeMetadata(true));

      assertThat(found.getVersion()).isGreaterThanOrEqualTo(put.getVersion());
      String id = idOf("c" + i);
      assertThat(ids(found)).contains(id);
      SearchHit hit =
          found.getResults(0).getHitsList().stream()
              .filter(one -> one.getAssetId().equals(id))
              .findFirst()
              .orElseThrow();
      assertThat(hit.getPart()).isEqualTo("p" + i);
      assertThat(hit.getMetadata().getSize()).isEqualTo(("c" + i).length());
    }
  }

  @Test
  void likeLeavesTheAssetItselfOut() {
    assertThat(ids(ask(asking(like("east"))))).containsExactly(idOf("north"), idOf("west"));
    put("main", "bare", "bare");
    assertRefused(Code.NOT_FOUND, Reason.EMBEDDING_NOT_FOUND, () -> ask(asking(like("bare"))));
    assertRefused(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, () -> ask(asking(like("nobody"))));
  }

  @Test
  void refsAreSearchedAsTheyAreAndHitsSayTheirPath() {
    String before = take("main").getSnapshotId();
    put("main", "a/east", "replaced");
    embed(embedding("replaced", "", 1, 0));

    SearchResponse now = ask(asking(near(1, 0)).setAt("main").setPath("a"));
    assertThat(ids(now)).containsExactly(idOf("replaced"), idOf("north"));
    assertThat(now.getResults(0).getHits(0).getPath()).isEqualTo("a/east");
    SearchResponse then = ask(asking(near(1, 0)).setAt("snap:" + before));
    assertThat(ids(then)).containsExactly(idOf("east"), idOf("north"), idOf("west"));
    assertThat(then.getResults(0).getHits(0).getPath()).isEqualTo("a/east");
    assertThat(ids(ask(asking(near(1, 0)).setAt("main~0").setPath("b"))))
        .containsExactly(idOf("west"));
    assertThat(ids(ask(asking(near(1, 0)).setPath("nosuch")))).isEmpty();
    assertRefused(
        Code.NOT_FOUND, Reason.REF_NOT_FOUND, () -> ask(asking(near(1, 0)).setAt("nosuch")));
  }

  @Test
  void deletedAndRemovedAreNotFound() {
    var _ =
        aifs.deleteAsset(
            DeleteAssetRequest.newBuilder().setAssetId(idOf("west")).setForce(true).build());
    assertThat(ids(ask(asking(near(1, 0))))).containsExactly(idOf("east"), idOf("north"));
    RemoveEmbeddingsRequest removal =
        RemoveEmbeddingsRequest.newBuilder()
            .addEmbeddings(name("east", ""))
            .addEmbeddings(name("east", "none"))
            .build();
    assertThat(search.removeEmbeddings(removal).getRemoved()).isEqualTo(1);
    assertThat(ids(ask(asking(near(1, 0))))).containsExactly(idOf("north"));
  }

  @Test
  void whatWaitsIsFoundOnlyOnceItIsApproved() {
    var _ =
        PoliciesGrpc.newBlockingStub(channel)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setDocument("{\"version\": 1, \"embeddings\": {\"review\": \"all\"}}")
                    .build());
    put("main", "x", "x");
    PutEmbeddingsResponse put =
        embed(embedding("x", "1", 3, 4), embedding("x", "2", 1, 1), embedding("x", "3", 1, 2));
    assertThat(put.getWritten()).isEqualTo(3);
    assertThat(put.getQuarantined()).isEqualTo(3);
    assertThat(ids(ask(asking(near(3, 4)).setK(100)))).doesNotContain(idOf("x"));

    ListQuarantineResponse page =
        search.listQuarantine(ListQuarantineRequest.newBuilder().setLimit(2).build());
    assertThat(page.getEmbeddingsList()).hasSize(2);
    assertThat(page.getEmbeddings(0).getName()).isEqualTo(name("x", "1"));
    assertThat(page.getEmbeddings(0).getNorm()).isEqualTo(5);
    assertThat(page.getEmbeddings(0).getRule()).contains("embeddings");
    assertThat(page.getEmbeddings(0).getPutAt()).isNotEmpty();
    ListQuarantineResponse rest =
        search.listQuarantine(
            ListQuarantineRequest.newBuilder().setPageToken(page.getNextPageToken()).build());
    assertThat(rest.getEmbeddingsList()).hasSize(1);
    assertThat(rest.getNextPageToken()).isEmpty();

    assertThat(review(true, "1")).isEqualTo(1);
    assertThat(review(true, "1")).isZero();
    assertThat(ids(ask(asking(near(3, 4)).setK(1)))).containsExactly(idOf("x"));
    assertThat(
            search
                .reviewQuarantine(
                    ReviewQuarantineRequest.newBuilder().setAll(true).setSpace(SPACE).build())
                .getReviewed())
        .isEqualTo(2);
    assertThat(
            search.listQuarantine(ListQuarantineRequest.getDefaultInstance()).getEmbeddingsList())
        .isEmpty();
  }

  private int review(boolean approve, String part) {
    return search
        .reviewQuarantine(
            ReviewQuarantineRequest.newBuilder()
                .addEmbeddings(name("x", part))
                .setApprove(approve)
                .setReason("looked at")
                .build())
        .getReviewed();
  }

  @Test
  void droppedIndexIsBuiltAndSearchesAreAnsweredMeanwhile() {
    var _ = search.dropIndex(DropIndexRequest.newBuilder().setSpace(SPACE).build());
    SearchResponse without = ask(asking(near(1, 0)));
    assertThat(without.getIndexState()).isEqualTo(IndexState.INDEX_DROPPED);
    assertThat(without.getExact()).isTrue();
    assertThat(ids(without)).containsExactly(idOf("east"), idOf("north"), idOf("west"));

    List<BuildIndexProgress> told = new ArrayList<>();
    search
        .buildIndex(BuildIndexRequest.newBuilder().setSpace(SPACE).build())
        .forEachRemaining(told::add);
    BuildIndexProgress last = told.getLast();
    assertThat(last.getIndex().getState()).isEqualTo(IndexState.INDEX_READY);
    assertThat(last.getIndex().getVectors()).isEqualTo(3);
    assertThat(last.getTotal()).isEqualTo(3);
    assertThat(told.stream().limit(told.size() - 1L)).noneMatch(BuildIndexProgress::hasIndex);
    assertThat(ids(ask(asking(near(1, 0)))))
        .containsExactly(idOf("east"), idOf("north"), idOf("west"));
  }

  @Test
  void spacesAreListedWithWhatIsInThem() {
    assertThat(createSpace(SPACE, 2, VectorMetric.VECTOR_METRIC_COSINE).getName()).isEqualTo(SPACE);
    assertThat(createSpace("far", 3, VectorMetric.VECTOR_METRIC_EUCLIDEAN).getCreatedAt())
        .isNotEmpty();
    List<SpaceInfo> spaces =
        search.listSpaces(ListSpacesRequest.getDefaultInstance()).getSpacesList();
    assertThat(spaces.stream().map(SpaceInfo::getName)).containsExactly("far", SPACE);
    assertThat(spaces.get(1).getEmbeddings()).isEqualTo(3);
    assertThat(spaces.get(0).getMetric()).isEqualTo(VectorMetric.VECTOR_METRIC_EUCLIDEAN);
    assertRefused(
        Code.ALREADY_EXISTS,
        Reason.SPACE_EXISTS,
        () -> createSpace(SPACE, 3, VectorMetric.VECTOR_METRIC_COSINE));
  }

  @Test
  void repeatedRequestGivesTheFirstResult() {
    PutEmbeddingsRequest request =
        PutEmbeddingsRequest.newBuilder()
            .setSpace(SPACE)
            .addEmbeddings(embedding("east", "again", 1, 1))
            .setRequestId("r1")
            .build();
    PutEmbeddingsResponse first = search.putEmbeddings(request);
    embed(embedding("east", "other", 1, 1));
    assertThat(search.putEmbeddings(request)).isEqualTo(first);
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.REQUEST_ID_REUSED,
        () ->
            search.putEmbeddings(
                request.toBuilder()
                    .clearEmbeddings()
                    .addEmbeddings(embedding("north", "", 1, 1))
                    .build()));
  }

  @Test
  void nothingOfAnotherNamespaceIsFound() {
    var _ =
        AdminGrpc.newBlockingStub(channel)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    SearchResponse found = ask(asking(near(1, 0)).setNamespace("other"));
    assertThat(ids(found)).isEmpty();
    assertThat(found.getSpace()).isEmpty();
    assertRefused(
        Code.NOT_FOUND,
        Reason.SPACE_NOT_FOUND,
        () -> ask(asking(near(1, 0)).setNamespace("other").setSpace(SPACE)));
  }

  private void putOld(String content, String lang, float... values) {
    var _ =
        Upload.begin(channel)
            .send(
                PutAssetRequest.newBuilder()
                    .putMetadata("lang", lang)
                    .putMetadata("a \"b\\", "c, d")
                    .setEmbedding(vector(values))
                    .addChunks(
                        Chunk.newBuilder()
                            .setData(
                                com.google.protobuf.ByteString.copyFrom(
                                    content, StandardCharsets.UTF_8)))
                    .build())
            .finish();
  }

  private VectorSearchResponse old(VectorSearchRequest.Builder request) {
    return aifs.vectorSearch(request.build());
  }

  @Test
  void oldClientsFindWhatOldPutsEmbedded() {
    putOld("one", "en", 1, 0, 0);
    putOld("two", "en", 0, 1, 0);
    putOld("three", "de", 1, 0.1f, 0);
    VectorSearchRequest.Builder request =
        VectorSearchRequest.newBuilder().setQueryEmbedding(vector(1, 0, 0)).setK(10);

    VectorSearchResponse all = old(request);
    assertThat(all.getResultsList().stream().map(hit -> hit.getAssetId()))
        .containsExactly(idOf("one"), idOf("three"), idOf("two"));
    assertThat(all.getResults(0).getScore()).isCloseTo(1, within(1e-5f));
    assertThat(all.getResults(0).getMetadata().getMetadataMap()).containsEntry("lang", "en");
    assertThat(old(request.putFilter("lang", "en").putFilter("a \"b\\", "c, d")).getResultsList())
        .hasSize(2);
    assertThat(old(request.putFilter("lang", "fr")).getResultsList()).isEmpty();
    request.clearFilter();
    refusedOld(request.clone().setK(0), Reason.ARGUMENT_INVALID);
    refusedOld(request.clone().setK(1_000_000), Reason.ARGUMENT_INVALID);
    refusedOld(request.clone().setQueryEmbedding(vector(1, 0, 0, 0)), Reason.VECTOR_INVALID);
    refusedOld(request.clone().clearQueryEmbedding(), Reason.VECTOR_INVALID);
    refusedOld(request.clone().setQueryEmbedding(vector(1, Float.NaN, 0)), Reason.VECTOR_INVALID);
    assertThat(old(request.clone().setQueryEmbedding(vector(1, 0))).getResultsCount()).isEqualTo(3);
  }

  private void refusedOld(VectorSearchRequest.Builder request, Reason reason) {
    assertRefused(Code.INVALID_ARGUMENT, reason, () -> old(request));
  }

  @Test
  void oldClientsFindNothingInAnEmptyNamespace() {
    var _ =
        AdminGrpc.newBlockingStub(channel)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("empty").build());
    VectorSearchRequest.Builder request =
        VectorSearchRequest.newBuilder()
            .setNamespace("empty")
            .setQueryEmbedding(vector(1, 2, 3))
            .setK(3);
    assertThat(old(request).getResultsList()).isEmpty();
    refusedOld(request.setK(0), Reason.ARGUMENT_INVALID);
  }

  @Test
  void buildAndDropNeedASpaceThatIsThere() {
    SearchGrpc.SearchBlockingStub stub = search;
    assertRefused(
        Code.NOT_FOUND,
        Reason.SPACE_NOT_FOUND,
        () -> stub.dropIndex(DropIndexRequest.newBuilder().setSpace("none").build()));
    assertRefused(
        Code.NOT_FOUND,
        Reason.SPACE_NOT_FOUND,
        () -> stub.buildIndex(BuildIndexRequest.newBuilder().setSpace("none").build()).next());
  }
}

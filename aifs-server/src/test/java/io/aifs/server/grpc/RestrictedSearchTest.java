package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.ListSpacesRequest;
import io.aifs.proto.v1.SearchGrpc;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SearchResult;
import io.aifs.proto.v1.VectorMetric;
import io.aifs.proto.v1.VectorSearchRequest;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What restricted tokens find: never more than they may read. */
class RestrictedSearchTest extends SearchEdge {
  private Channel plain;

  @BeforeEach
  void fill() throws IOException {
    plain = fixture.inProcess();
    put("main", "data/train/a", "train");
    put("main", "data/test/b", "test");
    put("main", "secret/x", "secret");
    var _ = Upload.putAsTensor(channel, "data/train/t", "tensor");
    var _ = Upload.put(channel, "unnamed".getBytes(StandardCharsets.UTF_8));
    assertThat(take("main").getSnapshotId()).isNotEmpty();
    start("side", "main");
    put("side", "data/train/side", "side");
    assertThat(createSpace(SPACE, 2, VectorMetric.VECTOR_METRIC_COSINE).getName()).isEqualTo(SPACE);
    embed(
        embedding("train", "", 1, 0),
        embedding("test", "", 1, 0.1f),
        embedding("secret", "", 1, 0.2f),
        embedding("tensor", "", 1, 0.3f),
        embedding("unnamed", "", 1, 0.4f),
        embedding("side", "", 1, 0.5f));
  }

  private Channel with(String... caveats) {
    return EdgeFixture.withToken(plain, TestTokens.with(caveats));
  }

  private static List<String> found(Channel token, String at) {
    return ids(ask(token, asking(near(1, 0)).setAt(at).setK(100)));
  }

  private static List<String> old(Channel token) {
    return AIFSGrpc.newBlockingStub(token)
        .vectorSearch(
            VectorSearchRequest.newBuilder().setQueryEmbedding(vector(1, 0)).setK(100).build())
        .getResultsList()
        .stream()
        .map(SearchResult::getAssetId)
        .toList();
  }

  private static List<String> ids(String... contents) {
    return List.of(contents).stream().map(HistoryEdge::idOf).toList();
  }

  @Test
  void wholeTokenFindsAll() {
    assertThat(found(with("methods = search"), ""))
        .isEqualTo(ids("train", "test", "secret", "tensor", "unnamed", "side"));
  }

  @Test
  void tokenOfAPathFindsWhatIsThere() {
    Channel train = with("path = data/train");
    SearchResponse found = ask(train, asking(near(1, 0)).setK(100).setIncludeMetadata(true));
    assertThat(ids(found)).isEqualTo(ids("train", "tensor"));
    assertThat(found.getResults(0).getHitsList().stream().map(SearchHit::getPath))
        .containsExactly("data/train/a", "data/train/t");
    assertThat(found(train, "side")).isEqualTo(ids("train", "tensor", "side"));
    assertThat(old(train)).isEqualTo(ids("train", "tensor"));
    assertThat(ids(ask(train, asking(near(1, 0)).setPath("data"))))
        .as("a path above means the part that is allowed")
        .isEqualTo(ids("train", "tensor"));
    assertRefused(
        Code.PERMISSION_DENIED,
        Reason.TOKEN_NOT_ALLOWED,
        () -> ask(train, asking(near(1, 0)).setPath("secret")));
    assertRefused(
        Code.PERMISSION_DENIED,
        Reason.TOKEN_NOT_ALLOWED,
        () -> ask(train, asking(near(1, 0)).setPath("nosuch")));
  }

  @Test
  void tokenOfARefFindsWhatItHolds() {
    assertThat(found(with("ref = side"), "side"))
        .as("what branch main held without a path came with its snapshot")
        .isEqualTo(ids("train", "test", "secret", "tensor", "unnamed", "side"));
    assertThat(found(with("ref = main"), ""))
        .isEqualTo(ids("train", "test", "secret", "tensor", "unnamed"));
    assertThat(old(with("ref = main"))).contains(idOf("unnamed")).doesNotContain(idOf("side"));
    assertRefused(
        Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> found(with("ref = side"), "main"));
    assertRefused(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> old(with("ref = side")));
  }

  @Test
  void tokenOfKindsFindsOnlyWhatPathsName() {
    assertThat(found(with("kind = tensor"), "main")).isEqualTo(ids("tensor"));
    assertThat(found(with("kind = blob"), "main")).isEqualTo(ids("train", "test", "secret"));
    assertThat(old(with("kind = tensor"))).isEqualTo(ids("tensor"));
  }

  @Test
  void tokenOfAssetsFindsThese() {
    Channel two = with("asset = " + idOf("secret") + "," + idOf("side"));
    assertThat(found(two, "main")).isEqualTo(ids("secret"));
    assertThat(found(two, "side")).isEqualTo(ids("secret", "side"));
  }

  @Test
  void likeTellsNothingOfAnAssetThatMayNotBeRead() {
    Channel train = with("path = data/train");
    assertThat(ids(ask(train, asking(like("train"))))).isEqualTo(ids("tensor"));
    for (Channel token : List.of(train, with("kind = tensor"), with("asset = " + idOf("train")))) {
      WireFailure there = WireFailure.of(() -> ask(token, asking(like("secret"))));
      WireFailure absent = WireFailure.of(() -> ask(token, asking(like("nobody"))));
      there.is(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND);
      assertThat(there.status().getMessage().replace(idOf("secret"), "ID"))
          .isEqualTo(absent.status().getMessage().replace(idOf("nobody"), "ID"));
    }
    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () -> ask(with("ref = main"), asking(like("side"))));
  }

  @Test
  void otherCallsRefuseRestrictedTokens() {
    SearchGrpc.SearchBlockingStub train = SearchGrpc.newBlockingStub(with("path = data/train"));
    assertRefused(
        Code.PERMISSION_DENIED,
        Reason.TOKEN_NOT_ALLOWED,
        () -> train.listSpaces(ListSpacesRequest.getDefaultInstance()));
    assertRefused(
        Code.PERMISSION_DENIED,
        Reason.TOKEN_NOT_ALLOWED,
        () -> train.listQuarantine(ListQuarantineRequest.getDefaultInstance()));
  }
}

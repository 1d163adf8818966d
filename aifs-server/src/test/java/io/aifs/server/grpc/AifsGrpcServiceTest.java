package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListNamespacesResponse;
import io.aifs.proto.v1.NamespaceInfo;
import io.aifs.proto.v1.ParentEdge;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.proto.v1.VerifyAssetResponse;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AifsGrpcServiceTest {
  private static final String UNKNOWN = "ab".repeat(32);

  private EdgeFixture fixture;
  private Channel channel;
  private AIFSGrpc.AIFSBlockingStub aifs;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin());
    aifs = AIFSGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private GetAssetResponse get(String id, boolean data) {
    return aifs.getAsset(GetAssetRequest.newBuilder().setAssetId(id).setIncludeData(data).build());
  }

  @Test
  void anAssetComesBackAsItWasPut() {
    PutAssetResponse parent = Upload.put(channel, bytes("parent"));
    PutAssetRequest first =
        Upload.message(bytes("content, part one")).toBuilder()
            .setKind(AssetKind.TENSOR)
            .putMetadata("colour", "blå")
            .addParents(ParentEdge.newBuilder().setParentAssetId(parent.getAssetId()))
            .build();
    PutAssetResponse put =
        Upload.begin(channel).send(first).send(Upload.message(bytes(" and two"))).finish();

    String id = Digest.of(bytes("content, part one and two")).hex();
    assertThat(put.getAssetId()).isEqualTo(id);
    assertThat(put.getSize()).isEqualTo(25);
    GetAssetResponse got = get(id, true);
    assertThat(got.getData().toStringUtf8()).isEqualTo("content, part one and two");
    assertThat(got.getUri()).isEqualTo("aifs://" + id);
    assertThat(got.getParents(0).getParentAssetId()).isEqualTo(parent.getAssetId());
    assertThat(got.getMetadata().getKind()).isEqualTo(AssetKind.TENSOR);
    assertThat(got.getMetadata().getMetadataMap()).containsEntry("colour", "blå");
    assertThat(got.getMetadata().getCreatedAt())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
    assertThat(get(parent.getAssetId(), false).getChildrenList()).containsExactly(id);
    assertThat(get(parent.getAssetId(), false).getData().isEmpty()).isTrue();
  }

  @Test
  void anEmptyStreamIsInvalidAndEmptyContentIsNot() {
    WireFailure.of(() -> Upload.begin(channel).finish())
        .is(Code.INVALID_ARGUMENT, Reason.STREAM_EMPTY);

    PutAssetResponse put =
        Upload.begin(channel).send(PutAssetRequest.getDefaultInstance()).finish();
    assertThat(put.getAssetId()).isEqualTo(Digest.of(new byte[0]).hex());
  }

  @Test
  void whatIsWrongWithAnUploadIsNamed() {
    PutAssetRequest good = Upload.message(bytes("refused"));
    WireFailure.of(
            () -> Upload.begin(channel).send(good.toBuilder().setKindValue(99).build()).finish())
        .is(Code.INVALID_ARGUMENT, Reason.KIND_UNKNOWN)
        .names("kind");
    WireFailure.of(
            () ->
                Upload.begin(channel)
                    .send(good.toBuilder().setEmbedding(ByteString.copyFrom(new byte[5])).build())
                    .finish())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("embedding");
    WireFailure.of(
            () ->
                Upload.begin(channel)
                    .send(
                        good.toBuilder()
                            .addParents(ParentEdge.newBuilder().setParentAssetId("nothing"))
                            .build())
                    .finish())
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("parent_asset_id");
    WireFailure.of(
            () -> Upload.begin(channel).send(good.toBuilder().setPath("a/../b").build()).finish())
        .is(Code.INVALID_ARGUMENT, Reason.PATH_INVALID)
        .names("path");
    assertThat(aifs.listAssets(ListAssetsRequest.getDefaultInstance()).getAssetsList()).isEmpty();
  }

  @Test
  void theSameRequestIdGivesTheFirstResultAndAnotherContentIsRefused() {
    PutAssetRequest request = Upload.message(bytes("once")).toBuilder().setRequestId("r-1").build();
    PutAssetResponse first = Upload.begin(channel).send(request).finish();
    assertThat(Upload.begin(channel).send(request).finish()).isEqualTo(first);

    PutAssetRequest other = Upload.message(bytes("other")).toBuilder().setRequestId("r-1").build();
    WireFailure.of(() -> Upload.begin(channel).send(other).finish())
        .is(Code.INVALID_ARGUMENT, Reason.REQUEST_ID_REUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "zz", "AB", " ", "../../etc/passwd"})
  void aMalformedIdIsInvalidEverywhere(String start) {
    String bad = start.equals("AB") ? start.repeat(32) : start;
    WireFailure.of(() -> get(bad, false))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("asset_id");
    WireFailure.of(() -> aifs.deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(bad).build()))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("asset_id");
    WireFailure.of(() -> aifs.verifyAsset(VerifyAssetRequest.newBuilder().setAssetId(bad).build()))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("asset_id");
  }

  @Test
  void anUnknownAssetIsNotFoundAndADeletedOneSaysSo() {
    WireFailure.of(() -> get(UNKNOWN, true)).is(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND);
    String id = Upload.put(channel, bytes("to delete")).getAssetId();

    assertThat(
            aifs.deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).build()).getSuccess())
        .isTrue();

    WireFailure.of(() -> get(id, false)).is(Code.NOT_FOUND, Reason.ASSET_DELETED);
  }

  @Test
  void listsNewestFirstByLimitOffsetAndToken() {
    List<String> newestFirst = new ArrayList<>();
    for (int at = 0; at < 7; at++) {
      newestFirst.addFirst(Upload.put(channel, bytes("listed " + at)).getAssetId());
    }

    assertThat(ids(list(0, 0, ""))).isEqualTo(newestFirst);
    assertThat(ids(list(3, 2, ""))).isEqualTo(newestFirst.subList(2, 5));
    ListAssetsResponse page = list(4, 0, "");
    assertThat(ids(page)).isEqualTo(newestFirst.subList(0, 4));
    ListAssetsResponse rest = list(4, 0, page.getNextPageToken());
    assertThat(ids(rest)).isEqualTo(newestFirst.subList(4, 7));
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void listsWhatIsAskedFor() {
    List<String> ids = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      ids.add(Upload.put(channel, bytes("filtered " + at)).getAssetId());
    }
    String wanted = ids.get(2);
    ListAssetsRequest byPrefix =
        ListAssetsRequest.newBuilder().setIdPrefix(wanted.substring(0, 20)).build();

    assertThat(ids(aifs.listAssets(byPrefix))).containsExactly(wanted);
    assertThat(
            ids(aifs.listAssets(ListAssetsRequest.newBuilder().addKinds(AssetKind.TENSOR).build())))
        .isEmpty();
    assertThat(
            ids(
                aifs.listAssets(
                    ListAssetsRequest.newBuilder().setCreatedFrom("2020-01-01").build())))
        .hasSize(5);
    assertThat(
            ids(
                aifs.listAssets(
                    ListAssetsRequest.newBuilder()
                        .setCreatedBefore("2020-01-01T00:00:00+00:00")
                        .build())))
        .isEmpty();
    assertThat(ids(aifs.listAssets(ListAssetsRequest.newBuilder().putMetadata("a", "b").build())))
        .isEmpty();
  }

  @Test
  void conditionsThatMakeNoSenseAreRefused() {
    for (ListAssetsRequest bad :
        List.of(
            ListAssetsRequest.newBuilder().setIdPrefix("xyz").build(),
            ListAssetsRequest.newBuilder().setCreatedFrom("yesterday").build(),
            ListAssetsRequest.newBuilder()
                .setCreatedFrom("2026-01-02")
                .setCreatedBefore("2026-01-01")
                .build(),
            ListAssetsRequest.newBuilder()
                .setIdPrefix("ab")
                .setPageToken(PageToken.ASSETS.encode("1:0"))
                .build())) {
      WireFailure.of(() -> aifs.listAssets(bad)).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    }
    WireFailure.of(() -> aifs.listAssets(ListAssetsRequest.newBuilder().addKindsValue(9).build()))
        .is(Code.INVALID_ARGUMENT, Reason.KIND_UNKNOWN);
  }

  @Test
  void whatIsWrongWithAPageIsNamed() {
    WireFailure.of(() -> list(-1, 0, ""))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("limit");
    WireFailure.of(() -> list(0, -1, ""))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("offset");
    for (String bad : List.of("nonsense", "%%%", "MQ", PageToken.NAMESPACES.encode("a"))) {
      WireFailure.of(() -> list(0, 0, bad))
          .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
          .names("page_token");
    }
    WireFailure.of(() -> list(0, 1, PageToken.ASSETS.encode("1:0")))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("offset");
  }

  private ListAssetsResponse list(int limit, int offset, String token) {
    return aifs.listAssets(
        ListAssetsRequest.newBuilder()
            .setLimit(limit)
            .setOffset(offset)
            .setPageToken(token)
            .build());
  }

  private static List<String> ids(ListAssetsResponse page) {
    return page.getAssetsList().stream().map(AssetMetadata::getAssetId).toList();
  }

  @Test
  void aSoundAssetVerifies() {
    String id = Upload.put(channel, bytes("sound")).getAssetId();

    VerifyAssetResponse verdict =
        aifs.verifyAsset(VerifyAssetRequest.newBuilder().setAssetId(id).build());

    assertThat(verdict.getValid()).isTrue();
    assertThat(verdict.getComputedHash()).isEqualTo(id);
    assertThat(verdict.getStoredHash()).isEqualTo(id);
  }

  @Test
  void namespacesAreCreatedListedAndDescribed() {
    for (String name : List.of("alpha", "beta", "gamma")) {
      create(channel, name);
    }

    ListNamespacesResponse page = namespaces(channel, 2, 0, "");
    assertThat(names(page)).containsExactly("alpha", "beta");
    assertThat(names(namespaces(channel, 2, 0, page.getNextPageToken())))
        .containsExactly("default", "gamma");
    assertThat(names(namespaces(channel, 2, 1, ""))).containsExactly("beta", "default");
    assertThat(names(namespaces(channel, 10, 1_000_000, ""))).isEmpty();
    assertThat(getNamespace(channel, "beta").getDescription()).isEqualTo("about beta");
    WireFailure.of(() -> create(channel, "alpha")).is(Code.ALREADY_EXISTS, Reason.NAMESPACE_EXISTS);
    WireFailure.of(() -> create(channel, "No Name"))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("name");
    WireFailure.of(() -> getNamespace(channel, "nowhere"))
        .is(Code.NOT_FOUND, Reason.NAMESPACE_NOT_FOUND);
  }

  @Test
  void aTokenKnowsOnlyItsNamespaces() throws IOException {
    create(channel, "alpha");
    create(channel, "beta");
    Channel limited =
        EdgeFixture.withToken(fixture.inProcess(), TestTokens.with("namespace = beta,gamma"));

    assertThat(names(namespaces(limited, 0, 0, ""))).containsExactly("beta");
    WireFailure.of(() -> getNamespace(limited, "alpha"))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    WireFailure.of(() -> getNamespace(limited, "nowhere"))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    WireFailure.of(() -> create(limited, "delta"))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    WireFailure.of(
            () ->
                AIFSGrpc.newBlockingStub(limited)
                    .listAssets(ListAssetsRequest.getDefaultInstance()))
        .is(Code.INVALID_ARGUMENT, Reason.NAMESPACE_AMBIGUOUS);
  }

  @Test
  void theNamespaceInTheMetadataCounts() {
    create(channel, "alpha");
    Channel alpha = EdgeFixture.with(channel, "aifs-namespace", "alpha");
    String id = Upload.put(alpha, bytes("in alpha")).getAssetId();

    WireFailure.of(() -> get(id, false)).is(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND);
    assertThat(
            ids(AIFSGrpc.newBlockingStub(alpha).listAssets(ListAssetsRequest.getDefaultInstance())))
        .containsExactly(id);
  }

  private static void create(Channel channel, String name) {
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(
            CreateNamespaceRequest.newBuilder()
                .setName(name)
                .setDescription("about " + name)
                .build());
  }

  private static NamespaceInfo getNamespace(Channel channel, String name) {
    return AIFSGrpc.newBlockingStub(channel)
        .getNamespace(GetNamespaceRequest.newBuilder().setNamespaceId(name).build())
        .getNamespace();
  }

  private static ListNamespacesResponse namespaces(
      Channel channel, int limit, int offset, String token) {
    return AIFSGrpc.newBlockingStub(channel)
        .listNamespaces(
            ListNamespacesRequest.newBuilder()
                .setLimit(limit)
                .setOffset(offset)
                .setPageToken(token)
                .build());
  }

  private static List<String> names(ListNamespacesResponse page) {
    return page.getNamespacesList().stream().map(NamespaceInfo::getName).toList();
  }
}

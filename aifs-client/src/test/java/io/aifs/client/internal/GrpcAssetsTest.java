package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AssetDetail;
import io.aifs.client.Assets;
import io.aifs.client.Namespaces;
import io.aifs.client.Namespaces.NamespaceInfo;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.StatAssetsRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcAssetsTest {
  private static final Digest ID = Digest.of(new byte[] {1});
  private static final Digest OTHER = Digest.of(new byte[] {2});
  private static final AssetInfo INFO =
      new AssetInfo(
          ID,
          AssetKind.ARTIFACT,
          5,
          Instant.parse("2026-11-21T10:11:12.123456Z"),
          Map.of("k", "v"));

  private final FakeStore fake = new FakeStore();
  private TestServer server;
  private Assets assets;
  private Namespaces namespaces;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake.services());
    assets = server.client().assets();
    namespaces = server.client().namespaces();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAssetIsDescribedWithItsLineage() {
    fake.detail =
        GetAssetResponse.newBuilder()
            .setMetadata(onWire(ID))
            .addParents(
                io.aifs.proto.v1.ParentEdge.newBuilder()
                    .setParentAssetId(OTHER.hex())
                    .setTransformName("resize")
                    .setTransformDigest("v1"))
            .addChildren(OTHER.hex())
            .setChildrenTruncated(true)
            .build();
    assertThat(assets.stat(ID))
        .isEqualTo(
            new AssetDetail(
                INFO, List.of(new ParentEdge(OTHER, "resize", "v1")), List.of(OTHER), true));
  }

  @Test
  void manyAssetsAreAskedAboutInBatchesAndEachOnce() {
    fake.assets.add(onWire(ID));
    List<Digest> ids = new ArrayList<>();
    for (int i = 0; i <= Limits.BATCH_ENTRIES_MAX; i++) {
      ids.add(Digest.of(new byte[] {(byte) i, (byte) (i >> 8), 3}));
    }
    ids.add(ID);
    ids.addAll(ids.subList(0, 100));
    assertThat(assets.statAll(ids)).containsExactly(Map.entry(ID, INFO));
    assertThat(fake.requests)
        .extracting(request -> ((StatAssetsRequest) request).getAssetIdsCount())
        .containsExactly(Limits.BATCH_ENTRIES_MAX, 2);
  }

  @Test
  void pagesFollowEachOtherByToken() {
    fake.page =
        ListAssetsResponse.newBuilder().addAssets(onWire(ID)).setNextPageToken("next").build();
    assertThat(assets.list(7, Optional.of("this")))
        .isEqualTo(new Assets.AssetPage(List.of(INFO), Optional.of("next")));
    ListAssetsRequest request = (ListAssetsRequest) fake.requests.getFirst();
    assertThat(request.getLimit()).isEqualTo(7);
    assertThat(request.getPageToken()).isEqualTo("this");
    assertThat(request.getNamespace()).isEqualTo("papers");

    fake.page = ListAssetsResponse.getDefaultInstance();
    assertThat(assets.list(7, Optional.empty()))
        .isEqualTo(new Assets.AssetPage(List.of(), Optional.empty()));
  }

  @Test
  void prefixesFindIdsAndVerdictsSayWhy() {
    fake.assets.add(onWire(ID));
    fake.assets.add(onWire(OTHER));
    assertThat(assets.findByPrefix(ID.hex().substring(0, 8))).containsExactly(ID);
    assertThat(assets.verify(ID)).isEqualTo(new Assets.AssetVerdict(false, "bit 7"));
  }

  @Test
  void aDeletionSaysWhyAndCarriesItsRequestId() {
    assets.delete(ID, true, "a mistake");
    DeleteAssetRequest request = (DeleteAssetRequest) fake.requests.getFirst();
    assertThat(request.getForce()).isTrue();
    assertThat(request.getWhy()).isEqualTo("a mistake");
    assertThat(server.sent(TestServer.REQUEST_ID)).containsExactly(request.getRequestId());
  }

  @Test
  void kindsAndTimesThatAreUnknownAreNotGuessed() {
    fake.assets.add(onWire(ID).toBuilder().setKindValue(9).build());
    assertThatThrownBy(() -> assets.statAll(List.of(ID)))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("kind is unknown: 9");
    fake.assets.set(0, onWire(ID).toBuilder().setCreatedAt("yesterday").build());
    assertThatThrownBy(() -> assets.statAll(List.of(ID)))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("yesterday");
  }

  @Test
  void namespacesAreListedOverAllPages() {
    fake.namespacePages.add(List.of(namespaceOnWire("a"), namespaceOnWire("b")));
    fake.namespacePages.add(List.of(namespaceOnWire("c")));
    assertThat(namespaces.list()).containsExactly(namespace("a"), namespace("b"), namespace("c"));
    assertThat(fake.requests)
        .extracting(request -> ((ListNamespacesRequest) request).getPageToken())
        .containsExactly("", "1");
    assertThat(namespaces.get(new Name("a"))).isEqualTo(namespace("a"));
  }

  @Test
  void aListWithoutEndIsNotFollowed() {
    fake.namespacePages.add(List.of());
    fake.namespacePages.add(List.of());
    fake.circular = true;
    assertThatThrownBy(namespaces::list)
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("names itself");
  }

  @Test
  void aNamespaceIsCreatedUnderItsRequestId() {
    namespaces.create(new Name("new"), "what for", Map.of("team", "x"));
    CreateNamespaceRequest request = (CreateNamespaceRequest) fake.requests.getFirst();
    assertThat(request.getName()).isEqualTo("new");
    assertThat(request.getDescription()).isEqualTo("what for");
    assertThat(request.getMetadataMap()).containsEntry("team", "x");
    assertThat(server.sent(TestServer.REQUEST_ID)).containsExactly(request.getRequestId());
  }

  private static AssetMetadata onWire(Digest id) {
    return AssetMetadata.newBuilder()
        .setAssetId(id.hex())
        .setKindValue(AssetKind.ARTIFACT.code())
        .setSize(5)
        .setCreatedAt("2026-11-21T10:11:12.123456+00:00")
        .putMetadata("k", "v")
        .build();
  }

  private static io.aifs.proto.v1.NamespaceInfo namespaceOnWire(String name) {
    return io.aifs.proto.v1.NamespaceInfo.newBuilder()
        .setNamespaceId(name)
        .setName(name)
        .setDescription("of " + name)
        .setCreatedAt("2026-11-21T10:11:12.000000+00:00")
        .putMetadata("m", name)
        .build();
  }

  private static NamespaceInfo namespace(String name) {
    return new NamespaceInfo(
        new Name(name), "of " + name, Instant.parse("2026-11-21T10:11:12Z"), Map.of("m", name));
  }
}

package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.crypto.Macaroon;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DescribeTokenRequest;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListRevokedTokensRequest;
import io.aifs.proto.v1.ListRevokedTokensResponse;
import io.aifs.proto.v1.ListTokensRequest;
import io.aifs.proto.v1.ListTokensResponse;
import io.aifs.proto.v1.MintTokenRequest;
import io.aifs.proto.v1.MintTokenResponse;
import io.aifs.proto.v1.RevokeTokenRequest;
import io.aifs.proto.v1.RevokeTokenResponse;
import io.aifs.proto.v1.RevokedToken;
import io.aifs.proto.v1.RotateTokenKeyRequest;
import io.aifs.proto.v1.RotateTokenKeyResponse;
import io.aifs.proto.v1.TokenInfo;
import io.aifs.proto.v1.TokensGrpc;
import io.aifs.server.JobSettings;
import io.aifs.server.TestStore;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a store mints and takes back, as a client sees it. */
class TokensGrpcServiceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private @TempDir Path home;
  private volatile Instant now = NOON;
  private final InstantSource time = () -> now;
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private TestStore store;
  private EdgeFixture fixture;
  private Channel channel;
  private TokensGrpc.TokensBlockingStub admin;

  @BeforeEach
  void open() throws IOException {
    open(TestStore.create(home, clock));
  }

  private void open(TestStore opened) throws IOException {
    store = opened;
    fixture = EdgeFixture.over(store, EdgeFixture.Options.DEFAULT, clock, store.tokenVerifier());
    channel = fixture.inProcess();
    admin = with(store.adminToken());
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private TokensGrpc.TokensBlockingStub with(String token) {
    return TokensGrpc.newBlockingStub(EdgeFixture.withToken(channel, token));
  }

  private static MintTokenResponse mint(TokensGrpc.TokensBlockingStub by, String... caveats) {
    return by.mint(MintTokenRequest.newBuilder().addAllCaveats(List.of(caveats)).build());
  }

  private static String narrowed(String token, String... caveats) {
    Macaroon macaroon = Macaroon.parse(token);
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat);
    }
    return macaroon.serialize();
  }

  private TokenInfo describe(String token) {
    return with(token).describe(DescribeTokenRequest.getDefaultInstance());
  }

  private void assertRefused(String token, Reason reason) {
    WireFailure.of(() -> describe(token)).is(Code.PERMISSION_DENIED, reason);
  }

  private RevokeTokenResponse revokeFamily(String family) {
    return admin.revoke(RevokeTokenRequest.newBuilder().setFamily(family).build());
  }

  @Test
  void aMintedTokenSaysWhatWasAskedAndWhatItsMinterIs() {
    MintTokenResponse minted =
        admin.mint(
            MintTokenRequest.newBuilder()
                .addCaveats("namespace = default")
                .addCaveats("methods = get,list")
                .setNote("für CI")
                .build());

    TokenInfo info = minted.getInfo();
    Macaroon token = Macaroon.parse(minted.getToken());
    assertThat(token.identifier()).isEqualTo("1." + info.getFamily());
    assertThat(info.getFamily()).matches("[0-9a-f]{32}");
    assertThat(info.getTokenId()).isEqualTo(token.id());
    assertThat(info.getCaveatsList()).isEqualTo(token.caveats());
    assertThat(token.caveats())
        .containsExactly(
            Macaroon.parse(store.adminToken()).caveats().getFirst(),
            "namespace = default",
            "methods = get,list",
            "expires = 2026-12-21T12:00:00Z");
    assertThat(info.getExpiresAt()).isEqualTo("2026-12-21T12:00:00Z");
    assertThat(info.getMintedBy()).startsWith("admin-");
    assertThat(info.getMintedAt()).startsWith("2026-11-21T12:00:00");
    assertThat(info.getNote()).isEqualTo("für CI");
    assertThat(info.getKeyId()).isEqualTo("1");
    assertThat(describe(minted.getToken()).getTokenId()).isEqualTo(token.id());
    assertThat(
            AIFSGrpc.newBlockingStub(EdgeFixture.withToken(channel, minted.getToken()))
                .listNamespaces(ListNamespacesRequest.getDefaultInstance())
                .getNamespacesCount())
        .isEqualTo(1);
    WireFailure.of(() -> mint(with(minted.getToken())))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
  }

  @Test
  void nobodyMintsMoreThanTheyHave() {
    String narrow = narrowed(store.adminToken(), "namespace = a,b", "rate = 5/s");
    MintTokenResponse minted =
        mint(with(narrow), "namespace = b,c", "expires = 2026-11-22T00:00:00Z");

    assertThat(minted.getInfo().getCaveatsList())
        .startsWith(Macaroon.parse(narrow).caveats().toArray(String[]::new))
        .endsWith("namespace = b,c", "expires = 2026-11-22T00:00:00Z");
    WireFailure.of(() -> mint(with(narrow), "namespace = c"))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("caveats");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour = red",
        "expires = tomorrow",
        "expires = 2020-01-01T00:00:00Z",
        "not-before = 2200-01-01T00:00:00Z",
        "methods = fly",
        "path",
        ""
      })
  void whatIsNoCaveatOrAllowsNothingIsNotMinted(String caveat) {
    WireFailure.of(() -> mint(admin, caveat))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("caveats");
  }

  @Test
  void limitsOfARequestAreNamed() {
    String[] many = Stream.generate(() -> "methods = get").limit(101).toArray(String[]::new);
    WireFailure.of(() -> mint(admin, many)).is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED);
    String[] large =
        Stream.generate(() -> "path = " + "x".repeat(200)).limit(90).toArray(String[]::new);
    WireFailure.of(() -> mint(admin, large)).is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED);
    WireFailure.of(
            () -> admin.mint(MintTokenRequest.newBuilder().setNote("x".repeat(1_025)).build()))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED);
  }

  @Test
  void aRepeatedRequestGetsTheSameTokenAndNobodyElseDoes() throws IOException {
    MintTokenRequest request =
        MintTokenRequest.newBuilder().addCaveats("methods = get").setRequestId("r1").build();
    MintTokenResponse first = admin.mint(request);
    now = NOON.plusSeconds(90);

    assertThat(admin.mint(request).getToken()).isEqualTo(first.getToken());
    WireFailure.of(() -> admin.mint(request.toBuilder().setNote("other").build()))
        .is(Code.INVALID_ARGUMENT, Reason.REQUEST_ID_REUSED);
    MintTokenResponse narrow = with(narrowed(store.adminToken(), "namespace = a")).mint(request);
    assertThat(narrow.getInfo().getFamily()).isNotEqualTo(first.getInfo().getFamily());
    assertThat(narrow.getInfo().getCaveatsList()).contains("namespace = a");

    reopen();
    assertThat(admin.mint(request).getToken()).isEqualTo(first.getToken());
    String secret = first.getToken().substring(first.getToken().length() - 40);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }

  private void reopen() throws IOException {
    fixture.close();
    open(TestStore.open(home, clock, JobSettings.DEFAULT, UnaryOperator.identity()));
  }

  @Test
  void revokingATokenRefusesItsDescendantsAndNoOthersEvenAfterARestart() throws IOException {
    String minted = mint(admin).getToken();
    String revoked = narrowed(minted, "namespace = default");
    String child = narrowed(revoked, "methods = get");
    String sibling = narrowed(minted, "methods = get");
    RevokeTokenRequest request =
        RevokeTokenRequest.newBuilder()
            .setTokenId(Macaroon.parse(revoked).id())
            .setReason("lost")
            .build();

    assertThat(admin.revoke(request).getRevoked()).isEqualTo(1);
    assertThat(admin.revoke(request).getRevoked()).isZero();
    for (int time = 0; time < 2; time++) {
      assertRefused(revoked, Reason.TOKEN_REVOKED);
      assertRefused(child, Reason.TOKEN_REVOKED);
      assertThat(describe(minted).getTokenId()).isEqualTo(Macaroon.parse(minted).id());
      assertThat(describe(sibling).getTokenId()).isEqualTo(Macaroon.parse(sibling).id());
      reopen();
    }

    RevokedToken row =
        admin.listRevoked(ListRevokedTokensRequest.getDefaultInstance()).getRevoked(0);
    assertThat(row.getTokenId()).isEqualTo(Macaroon.parse(revoked).id());
    assertThat(row.getReason()).isEqualTo("lost");
    assertThat(row.getRevokedBy()).startsWith("admin-");
    assertThat(row.getRevokedAt()).startsWith("2026-11-21T12:00:00");
  }

  @Test
  void aFamilyIsRevokedWithAllThatItMintedIfAsked() {
    MintTokenResponse parent = mint(admin);
    MintTokenResponse child = mint(with(parent.getToken()));
    MintTokenResponse grandchild = mint(with(narrowed(child.getToken(), "namespace = a")));

    assertThat(revokeFamily(parent.getInfo().getFamily()).getRevoked()).isEqualTo(1);
    assertRefused(parent.getToken(), Reason.TOKEN_REVOKED);
    assertThat(describe(child.getToken()).getFamily()).isEqualTo(child.getInfo().getFamily());

    RevokeTokenResponse all =
        admin.revoke(
            RevokeTokenRequest.newBuilder()
                .setFamily(parent.getInfo().getFamily())
                .setAlsoMinted(true)
                .build());
    assertThat(all.getRevoked()).isEqualTo(2);
    assertRefused(child.getToken(), Reason.TOKEN_REVOKED);
    assertRefused(grandchild.getToken(), Reason.TOKEN_REVOKED);
  }

  @Test
  void whatNamesNothingOrNothingThatThereIsIsNotRevoked() {
    WireFailure.of(() -> admin.revoke(RevokeTokenRequest.getDefaultInstance()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING);
    WireFailure.of(() -> revokeFamily("0123456789abcdef0123456789abcdef"))
        .is(Code.NOT_FOUND, Reason.TOKEN_NOT_FOUND);
    WireFailure.of(() -> admin.revoke(RevokeTokenRequest.newBuilder().setTokenId("xyz").build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    WireFailure.of(
            () ->
                admin.revoke(
                    RevokeTokenRequest.newBuilder()
                        .setTokenId("ab".repeat(16))
                        .setAlsoMinted(true)
                        .build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void anAdminOfANamespaceKnowsOfItsTokensOnly() {
    MintTokenResponse own = mint(admin, "namespace = a");
    MintTokenResponse both = mint(admin, "namespace = a,b");
    MintTokenResponse wide = mint(admin);
    TokensGrpc.TokensBlockingStub limited = with(narrowed(store.adminToken(), "namespace = a"));

    assertThat(limited.list(ListTokensRequest.getDefaultInstance()).getTokensList())
        .extracting(TokenInfo::getFamily)
        .containsExactly(own.getInfo().getFamily());
    for (MintTokenResponse other : List.of(both, wide)) {
      WireFailure.of(
              () ->
                  limited.revoke(
                      RevokeTokenRequest.newBuilder()
                          .setFamily(other.getInfo().getFamily())
                          .build()))
          .is(Code.NOT_FOUND, Reason.TOKEN_NOT_FOUND);
    }
    WireFailure.of(
            () ->
                limited.revoke(
                    RevokeTokenRequest.newBuilder().setTokenId(own.getInfo().getTokenId()).build()))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    assertThat(
            limited
                .revoke(
                    RevokeTokenRequest.newBuilder().setFamily(own.getInfo().getFamily()).build())
                .getRevoked())
        .isEqualTo(1);
    assertRefused(own.getToken(), Reason.TOKEN_REVOKED);
  }

  @Test
  void familiesAreListedNewestFirstByPage() {
    List<String> minted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      minted.addFirst(mint(admin, "methods = get").getInfo().getFamily());
    }
    var _ = revokeFamily(minted.get(1));

    List<String> listed = new ArrayList<>();
    ListTokensRequest.Builder request = ListTokensRequest.newBuilder().setPageSize(2);
    do {
      ListTokensResponse page = admin.list(request.build());
      page.getTokensList().forEach(token -> listed.add(token.getFamily()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    String adminFamily = Macaroon.parse(store.adminToken()).identifier().substring(2);
    assertThat(listed)
        .containsExactly(minted.get(0), minted.get(2), minted.get(3), minted.get(4), adminFamily);

    ListTokensResponse all =
        admin.list(ListTokensRequest.newBuilder().setAll(true).setMintedBy(adminFamily).build());
    assertThat(all.getTokensList()).extracting(TokenInfo::getFamily).isEqualTo(minted);
    assertThat(all.getTokens(1).getRevoked()).isTrue();
    assertThat(all.getTokens(0).getTokenId()).isEmpty();
    now = NOON.plus(Duration.ofDays(31));
    assertThat(admin.list(ListTokensRequest.getDefaultInstance()).getTokensList()).hasSize(1);
  }

  @Test
  void revocationsAreListedNewestFirstByPage() {
    List<String> ids = List.of("aa".repeat(16), "bb".repeat(16), "cc".repeat(16));
    for (String id : ids) {
      var _ = admin.revoke(RevokeTokenRequest.newBuilder().setTokenId(id).build());
    }
    ListRevokedTokensResponse first =
        admin.listRevoked(ListRevokedTokensRequest.newBuilder().setPageSize(2).build());
    ListRevokedTokensResponse second =
        admin.listRevoked(
            ListRevokedTokensRequest.newBuilder().setPageToken(first.getNextPageToken()).build());

    assertThat(first.getRevokedList())
        .extracting(RevokedToken::getTokenId)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(second.getRevokedList())
        .extracting(RevokedToken::getTokenId)
        .containsExactly(ids.get(0));
    assertThat(second.getNextPageToken()).isEmpty();
    WireFailure.of(
            () ->
                admin.listRevoked(
                    ListRevokedTokensRequest.newBuilder()
                        .setPageToken(PageToken.REVOKED.encode("nothing"))
                        .build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void lastUseIsToldAtOnceAndKeptOverARestart() throws IOException {
    MintTokenResponse minted = mint(admin, "namespace = default");
    now = NOON.plusSeconds(300);
    assertThat(describe(narrowed(minted.getToken(), "methods = get")).getLastUsedAt()).isEmpty();
    assertThat(lastUse(minted)).startsWith("2026-11-21T12:05:00");
    now = NOON.plusSeconds(400);

    reopen();

    assertThat(lastUse(minted)).startsWith("2026-11-21T12:05:00");
    assertThat(describe(minted.getToken()).getLastUsedAt()).startsWith("2026-11-21T12:06:40");
  }

  private String lastUse(MintTokenResponse minted) {
    return admin.list(ListTokensRequest.getDefaultInstance()).getTokensList().stream()
        .filter(token -> token.getFamily().equals(minted.getInfo().getFamily()))
        .findFirst()
        .orElseThrow()
        .getLastUsedAt();
  }

  @Test
  void afterARotationOldTokensGoOnUntilTheyAreRetired() throws IOException {
    MintTokenResponse old = mint(admin, "namespace = default");
    String oldAdmin = store.adminToken();
    RotateTokenKeyResponse rotated =
        admin.rotateRootKey(RotateTokenKeyRequest.getDefaultInstance());
    assertThat(rotated.getKeyId()).isEqualTo("2");
    assertThat(rotated.getRetiredList()).isEmpty();
    MintTokenResponse fresh = mint(admin, "namespace = default");
    assertThat(fresh.getInfo().getKeyId()).isEqualTo("2");
    reopen();
    assertThat(describe(old.getToken()).getKeyId()).isEqualTo("1");
    assertThat(describe(fresh.getToken()).getKeyId()).isEqualTo("2");

    RotateTokenKeyResponse retired =
        admin.rotateRootKey(RotateTokenKeyRequest.newBuilder().setRetireOlder(true).build());

    assertThat(retired.getKeyId()).isEqualTo("3");
    assertThat(retired.getRetiredList()).containsExactly("1", "2");
    for (int time = 0; time < 2; time++) {
      assertRefused(old.getToken(), Reason.TOKEN_REVOKED);
      assertRefused(fresh.getToken(), Reason.TOKEN_REVOKED);
      assertRefused(oldAdmin, Reason.TOKEN_REVOKED);
      assertThat(describe(store.adminToken()).getKeyId()).isEqualTo("3");
      reopen();
    }
    assertThat(home.resolve("data/keys/store/token-1.key")).doesNotExist();
    assertThat(admin.list(ListTokensRequest.newBuilder().setAll(true).build()).getTokensList())
        .filteredOn(token -> !token.getKeyId().equals("3"))
        .isNotEmpty()
        .allMatch(TokenInfo::getRevoked);
  }

  @Test
  void theHolderGetsANewAdminTokenWhenTheOldOneIsRevoked() throws IOException {
    String old = store.adminToken();
    var _ = revokeFamily(Macaroon.parse(old).identifier().substring(2));

    assertRefused(old, Reason.TOKEN_REVOKED);
    assertThat(store.adminToken()).isNotEqualTo(old);
    var _ =
        AdminGrpc.newBlockingStub(EdgeFixture.withToken(channel, store.adminToken()))
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("a").build());
    String renewed = store.adminToken();
    reopen();
    assertThat(store.adminToken()).isEqualTo(renewed);
  }
}

package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.Tokens;
import io.aifs.core.AifsException;
import io.aifs.proto.v1.DescribeTokenRequest;
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
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcTokensTest {
  private static final TokenInfo INFO =
      TokenInfo.newBuilder()
          .setTokenId("t")
          .setFamily("f")
          .setKeyId("2")
          .addCaveats("methods = get")
          .setExpiresAt("2027-02-19T00:00:00.000000+00:00")
          .setMintedAt("2026-11-26T08:00:00.000000+00:00")
          .setMintedBy("admin-1")
          .setNote("for CI")
          .setRevoked(true)
          .build();

  private static final Tokens.TokenInfo READ =
      new Tokens.TokenInfo(
          "t",
          "f",
          "2",
          List.of("methods = get"),
          Optional.of(Instant.parse("2027-02-19T00:00:00Z")),
          Optional.of(Instant.parse("2026-11-26T08:00:00Z")),
          "admin-1",
          "for CI",
          Optional.empty(),
          true);

  private final FakeTokens fake = new FakeTokens();
  private TestServer server;

  /** Notes requests, and gives lists in two pages. */
  private static final class FakeTokens extends TokensGrpc.TokensImplBase {
    private final List<Object> requests = new ArrayList<>();
    private String token = "secret";
    private Optional<Status> failure = Optional.empty();

    private <R> void answer(Object request, StreamObserver<R> observer, R response) {
      requests.add(request);
      if (failure.isPresent()) {
        observer.onError(failure.get().asRuntimeException());
        return;
      }
      observer.onNext(response);
      observer.onCompleted();
    }

    @Override
    public void mint(MintTokenRequest request, StreamObserver<MintTokenResponse> observer) {
      answer(
          request.toBuilder().clearRequestId().build(),
          observer,
          MintTokenResponse.newBuilder().setToken(token).setInfo(INFO).build());
    }

    @Override
    public void revoke(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
      answer(
          request,
          observer,
          RevokeTokenResponse.newBuilder().setRevoked(2).setEndedCalls(3).build());
    }

    @Override
    public void list(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
      ListTokensResponse.Builder page = ListTokensResponse.newBuilder().addTokens(INFO);
      answer(
          request,
          observer,
          request.getPageToken().isEmpty() ? page.setNextPageToken("2").build() : page.build());
    }

    @Override
    public void describe(DescribeTokenRequest request, StreamObserver<TokenInfo> observer) {
      answer(request, observer, INFO);
    }

    @Override
    public void listRevoked(
        ListRevokedTokensRequest request, StreamObserver<ListRevokedTokensResponse> observer) {
      RevokedToken.Builder one =
          RevokedToken.newBuilder()
              .setRevokedAt("2026-11-26T08:00:00.000000+00:00")
              .setRevokedBy("admin-1")
              .setReason("lost");
      answer(
          request,
          observer,
          request.getPageToken().isEmpty()
              ? ListRevokedTokensResponse.newBuilder()
                  .addRevoked(one.setTokenId("t"))
                  .setNextPageToken("2")
                  .build()
              : ListRevokedTokensResponse.newBuilder().addRevoked(one.setFamily("f")).build());
    }

    @Override
    public void rotateRootKey(
        RotateTokenKeyRequest request, StreamObserver<RotateTokenKeyResponse> observer) {
      answer(
          request,
          observer,
          RotateTokenKeyResponse.newBuilder().setKeyId("3").addRetired("2").build());
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Tokens tokens() {
    return server.client().tokens();
  }

  @Test
  void aMintedTokenComesWithWhatIsKnownOfItAndIsNotShown() {
    Tokens.Minted minted = tokens().mint(List.of("methods = get"), "for CI");

    assertThat(minted).isEqualTo(new Tokens.Minted("secret", READ));
    assertThat(minted.toString()).doesNotContain("secret");
    assertThat(fake.requests)
        .containsExactly(
            MintTokenRequest.newBuilder().addCaveats("methods = get").setNote("for CI").build());
  }

  @Test
  void anAnswerWithoutATokenIsNonsense() {
    fake.token = "";

    assertThatThrownBy(() -> tokens().mint(List.of(), "")).isInstanceOf(AifsException.Failed.class);
  }

  @Test
  void tokensAndFamiliesAreRevoked() {
    assertThat(tokens().revoke("t", "lost")).isEqualTo(new Tokens.Revocation(2, 3));
    tokens().revokeFamily("f", true, "left");

    assertThat(fake.requests)
        .containsExactly(
            RevokeTokenRequest.newBuilder().setTokenId("t").setReason("lost").build(),
            RevokeTokenRequest.newBuilder()
                .setFamily("f")
                .setAlsoMinted(true)
                .setReason("left")
                .build());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    fake.failure = Optional.of(Status.NOT_FOUND);

    assertThatThrownBy(() -> tokens().revoke("t", "")).isInstanceOf(AifsException.NotFound.class);
  }

  @Test
  void listsGoOnOverPages() {
    assertThat(tokens().list(true, Optional.of("admin-1"))).containsExactly(READ, READ);
    assertThat(fake.requests)
        .first()
        .isEqualTo(
            ListTokensRequest.newBuilder()
                .setPageSize(1_000)
                .setAll(true)
                .setMintedBy("admin-1")
                .build());

    Instant at = Instant.parse("2026-11-26T08:00:00Z");
    assertThat(tokens().revoked())
        .containsExactly(
            new Tokens.Revoked(Optional.of("t"), Optional.empty(), at, "admin-1", "lost"),
            new Tokens.Revoked(Optional.empty(), Optional.of("f"), at, "admin-1", "lost"));
  }

  @Test
  void theServerDescribesTheTokenOfTheCallAndMakesRootKeys() {
    assertThat(tokens().describe()).isEqualTo(READ);
    assertThat(tokens().rotateRootKey(true)).isEqualTo(new Tokens.Rotation("3", List.of("2")));
    assertThat(fake.requests)
        .contains(RotateTokenKeyRequest.newBuilder().setRetireOlder(true).build());
  }
}

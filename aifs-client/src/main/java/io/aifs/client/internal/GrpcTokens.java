package io.aifs.client.internal;

import io.aifs.client.Tokens;
import io.aifs.proto.v1.DescribeTokenRequest;
import io.aifs.proto.v1.ListRevokedTokensRequest;
import io.aifs.proto.v1.ListTokensRequest;
import io.aifs.proto.v1.MintTokenRequest;
import io.aifs.proto.v1.MintTokenResponse;
import io.aifs.proto.v1.RevokeTokenRequest;
import io.aifs.proto.v1.RevokedToken;
import io.aifs.proto.v1.RotateTokenKeyRequest;
import io.aifs.proto.v1.TokensGrpc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tokens over the service of that name. */
final class GrpcTokens implements Tokens {
  private static final int PAGE = 1_000;

  private final Caller caller;

  GrpcTokens(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Minted mint(List<String> caveats, String note) {
    return caller.change(
        TokensGrpc.getMintMethod(),
        requestId ->
            MintTokenRequest.newBuilder()
                .addAllCaveats(caveats)
                .setNote(note)
                .setRequestId(requestId)
                .build(),
        GrpcTokens::minted);
  }

  @Override
  public Revocation revoke(String tokenId, String reason) {
    return revoke(RevokeTokenRequest.newBuilder().setTokenId(tokenId).setReason(reason).build());
  }

  @Override
  public Revocation revokeFamily(String family, boolean alsoMinted, String reason) {
    return revoke(
        RevokeTokenRequest.newBuilder()
            .setFamily(family)
            .setAlsoMinted(alsoMinted)
            .setReason(reason)
            .build());
  }

  private Revocation revoke(RevokeTokenRequest request) {
    return caller.ask(
        TokensGrpc.getRevokeMethod(),
        request,
        answer -> new Revocation(answer.getRevoked(), answer.getEndedCalls()));
  }

  @Override
  public Stream<TokenInfo> list(boolean all, Optional<String> mintedBy) {
    ListTokensRequest request =
        ListTokensRequest.newBuilder()
            .setPageSize(PAGE)
            .setAll(all)
            .setMintedBy(mintedBy.orElse(""))
            .build();
    return Pages.stream(
        page ->
            caller.ask(
                TokensGrpc.getListMethod(),
                request.toBuilder().setPageToken(page).build(),
                answer ->
                    Pages.Page.of(
                        page,
                        answer.getTokensList().stream().map(GrpcTokens::info).toList(),
                        answer.getNextPageToken())));
  }

  @Override
  public TokenInfo describe() {
    return caller.ask(
        TokensGrpc.getDescribeMethod(),
        DescribeTokenRequest.getDefaultInstance(),
        GrpcTokens::info);
  }

  @Override
  public Stream<Revoked> revoked() {
    return Pages.stream(
        page ->
            caller.ask(
                TokensGrpc.getListRevokedMethod(),
                ListRevokedTokensRequest.newBuilder().setPageSize(PAGE).setPageToken(page).build(),
                answer ->
                    Pages.Page.of(
                        page,
                        answer.getRevokedList().stream().map(GrpcTokens::revoked).toList(),
                        answer.getNextPageToken())));
  }

  @Override
  public Rotation rotateRootKey(boolean retireOlder) {
    return caller.ask(
        TokensGrpc.getRotateRootKeyMethod(),
        RotateTokenKeyRequest.newBuilder().setRetireOlder(retireOlder).build(),
        answer -> new Rotation(answer.getKeyId(), answer.getRetiredList()));
  }

  private static Minted minted(MintTokenResponse answer) {
    if (answer.getToken().isEmpty()) {
      throw new IllegalArgumentException("there is no token in it");
    }
    return new Minted(answer.getToken(), info(answer.getInfo()));
  }

  private static TokenInfo info(io.aifs.proto.v1.TokenInfo info) {
    return new TokenInfo(
        info.getTokenId(),
        info.getFamily(),
        info.getKeyId(),
        info.getCaveatsList(),
        instant(info.getExpiresAt()),
        instant(info.getMintedAt()),
        info.getMintedBy(),
        info.getNote(),
        instant(info.getLastUsedAt()),
        info.getRevoked());
  }

  private static Revoked revoked(RevokedToken one) {
    return new Revoked(
        one.hasTokenId() ? Optional.of(one.getTokenId()) : Optional.empty(),
        one.hasFamily() ? Optional.of(one.getFamily()) : Optional.empty(),
        FromWire.instant(one.getRevokedAt()),
        one.getRevokedBy(),
        one.getReason());
  }

  private static Optional<Instant> instant(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(FromWire.instant(text));
  }
}

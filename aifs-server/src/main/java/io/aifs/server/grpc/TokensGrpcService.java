package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Timestamps;
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
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.VerifiedToken;
import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.engine.token.TokenFamilies;
import io.aifs.server.engine.token.TokenMint;
import io.aifs.server.engine.token.TokenRevocations;
import io.aifs.server.engine.token.TokenService;
import io.aifs.server.grpc.gate.CallScope;
import io.aifs.server.grpc.gate.LiveCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Tokens}. Thread-safe. */
final class TokensGrpcService extends TokensGrpc.TokensImplBase {
  private static final int PAGE_MAX = 1_000;

  private final TokenService tokens;
  private final LiveCalls live;

  /**
   * @param live has the calls to end along with their tokens
   */
  TokensGrpcService(TokenService tokens, LiveCalls live) {
    this.tokens = tokens;
    this.live = live;
  }

  @Override
  public void mint(MintTokenRequest request, StreamObserver<MintTokenResponse> observer) {
    CallScope scope = CallScope.current();
    TokenMint.Order order =
        new TokenMint.Order(
            scope.token().map(VerifiedToken::caveats).orElse(List.of()),
            request.getCaveatsList(),
            scope.caller().family(),
            request.getNote());
    TokenMint.Minted minted =
        tokens
            .mint()
            .mint(
                order,
                // Of exactly this token: one that is attenuated from it may mint less.
                Requests.writeRequestIn(
                    "token " + scope.caller().tokenId(), request.getRequestId(), "Mint", request));
    Replies.send(
        observer,
        MintTokenResponse.newBuilder()
            .setToken(minted.text())
            .setInfo(
                info(minted.row())
                    .setTokenId(minted.token().caller().tokenId())
                    .setRevoked(isRevoked(minted.row().family())))
            .build());
  }

  private boolean isRevoked(String family) {
    return tokens.families().find(family).filter(TokenFamilies.Family::revoked).isPresent();
  }

  @Override
  public void revoke(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
    RevokedName what =
        switch (request.getWhatCase()) {
          case TOKEN_ID -> new RevokedName(RevokedName.Kind.TOKEN, request.getTokenId());
          case FAMILY -> new RevokedName(RevokedName.Kind.FAMILY, request.getFamily());
          case WHAT_NOT_SET ->
              throw Requests.invalid(
                  Reason.ARGUMENT_MISSING,
                  "what",
                  "the request names neither a token nor a family",
                  "send token_id or family");
        };
    int revoked =
        tokens
            .revocations()
            .revoke(
                CallScope.current().caller(),
                new TokenRevocations.Order(what, request.getAlsoMinted(), request.getReason()));
    int ended = live.endRefused();
    tokens.roots().renewAdminToken();
    Replies.send(
        observer,
        RevokeTokenResponse.newBuilder().setRevoked(revoked).setEndedCalls(ended).build());
  }

  @Override
  public void list(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    TokenFamilies.Filter filter =
        new TokenFamilies.Filter(
            Optional.of(request.getMintedBy()).filter(by -> !by.isEmpty()), request.getAll());
    TokenFamilies.Page page =
        tokens
            .families()
            .list(
                CallScope.current().caller(),
                filter,
                PageToken.TOKENS.decode(request.getPageToken()),
                limit(request.getPageSize()));
    ListTokensResponse.Builder reply = ListTokensResponse.newBuilder();
    page.families().forEach(family -> reply.addTokens(info(family)));
    page.last().ifPresent(last -> reply.setNextPageToken(PageToken.TOKENS.encode(last)));
    Replies.send(observer, reply.build());
  }

  private static int limit(int given) {
    return Requests.limit("page_size", given, Limits.PAGE_DEFAULT, PAGE_MAX);
  }

  /** Whoever was given a token learns nothing of what others do with it, unless they manage it. */
  @Override
  public void describe(DescribeTokenRequest request, StreamObserver<TokenInfo> observer) {
    CallScope scope = CallScope.current();
    Caller caller = scope.caller();
    TokenInfo.Builder info = TokenInfo.newBuilder();
    if (caller.permissions().contains(Permission.ADMIN)) {
      tokens.families().find(caller.family()).ifPresent(family -> info.mergeFrom(info(family)));
      tokens
          .families()
          .lastUse(caller.family())
          .ifPresent(at -> info.setLastUsedAt(Timestamps.format(at)));
    }
    info.setFamily(caller.family()).setTokenId(caller.tokenId()).clearCaveats().clearExpiresAt();
    scope
        .token()
        .ifPresent(
            token -> {
              info.setKeyId(Integer.toString(token.name().key())).addAllCaveats(token.caveats());
              token.expiresAt().ifPresent(at -> info.setExpiresAt(at.toString()));
            });
    Replies.send(observer, info.build());
  }

  @Override
  public void listRevoked(
      ListRevokedTokensRequest request, StreamObserver<ListRevokedTokensResponse> observer) {
    int limit = limit(request.getPageSize());
    Optional<RevokedName> before =
        PageToken.REVOKED.decode(request.getPageToken()).map(TokensGrpcService::place);
    List<RevocationRow> rows = tokens.revocations().list(before, limit + 1);
    ListRevokedTokensResponse.Builder reply = ListRevokedTokensResponse.newBuilder();
    rows.stream().limit(limit).forEach(row -> reply.addRevoked(revoked(row)));
    if (rows.size() > limit) {
      RevokedName last = rows.get(limit - 1).what();
      reply.setNextPageToken(PageToken.REVOKED.encode(last.kind() + " " + last.name()));
    }
    Replies.send(observer, reply.build());
  }

  private static RevokedName place(String text) {
    int space = text.indexOf(' ');
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        "page_token",
        "send next_page_token of the page before, or leave it empty",
        () ->
            new RevokedName(
                RevokedName.Kind.valueOf(text.substring(0, Math.max(space, 0))),
                text.substring(space + 1)));
  }

  private static RevokedToken revoked(RevocationRow row) {
    RevokedToken.Builder revoked =
        RevokedToken.newBuilder()
            .setRevokedAt(Timestamps.format(row.at()))
            .setRevokedBy(row.who())
            .setReason(row.reason());
    switch (row.what().kind()) {
      case TOKEN -> revoked.setTokenId(row.what().name());
      case FAMILY -> revoked.setFamily(row.what().name());
    }
    return revoked.build();
  }

  @Override
  public void rotateRootKey(
      RotateTokenKeyRequest request, StreamObserver<RotateTokenKeyResponse> observer) {
    RotateTokenKeyResponse.Builder reply =
        RotateTokenKeyResponse.newBuilder().setKeyId(Integer.toString(tokens.roots().rotate()));
    if (request.getRetireOlder()) {
      tokens.roots().retireOlder().forEach(key -> reply.addRetired(Integer.toString(key)));
      var _ = live.endRefused();
      tokens.roots().renewAdminToken();
    }
    Replies.send(observer, reply.build());
  }

  private static TokenInfo info(TokenFamilies.Family family) {
    TokenInfo.Builder info = info(family.row()).setRevoked(family.revoked());
    family.lastUse().ifPresent(at -> info.setLastUsedAt(Timestamps.format(at)));
    return info.build();
  }

  private static TokenInfo.Builder info(TokenFamilyRow row) {
    TokenInfo.Builder info =
        TokenInfo.newBuilder()
            .setFamily(row.family())
            .setKeyId(row.keyId())
            .addAllCaveats(row.caveats())
            .setMintedAt(Timestamps.format(row.mintedAt()))
            .setMintedBy(row.mintedBy())
            .setNote(row.note());
    row.expiresAt().ifPresent(at -> info.setExpiresAt(at.toString()));
    return info;
  }
}

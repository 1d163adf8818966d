package io.aifs.cli.testing;

import io.aifs.client.Tokens;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.token.TokenFacts;
import io.aifs.crypto.Macaroon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mints real tokens from a root key of zeros, and keeps what a store would. */
public final class MemoryTokens implements Tokens {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final List<TokenInfo> minted = new ArrayList<>();
  private final List<Revoked> revoked = new ArrayList<>();

  /** How lists were asked for. */
  public final List<String> asked = new ArrayList<>();

  /** Calls that each revocation ends. */
  public int endedCalls;

  /** The id of the newest root key. */
  private int keyId = 1;

  @Override
  public Minted mint(List<String> caveats, String note) {
    String identifier = keyId + ".family-" + (minted.size() + 1);
    Macaroon token = Macaroon.mint(new byte[32], identifier, "aifs:0123", caveats);
    TokenFacts facts = TokenFacts.of(token);
    TokenInfo info =
        new TokenInfo(
            facts.tokenId(),
            facts.family(),
            facts.keyId(),
            caveats,
            facts.expiresAt(),
            Optional.of(NOON),
            "admin-1",
            note,
            Optional.empty(),
            false);
    minted.addFirst(info);
    return new Minted(token.serialize(), info);
  }

  @Override
  public Revocation revoke(String tokenId, String reason) {
    return note(new Revoked(Optional.of(tokenId), Optional.empty(), NOON, "admin-1", reason));
  }

  @Override
  public Revocation revokeFamily(String family, boolean alsoMinted, String reason) {
    if (minted.stream().noneMatch(info -> info.family().equals(family))) {
      throw new AifsException.NotFound(Reason.TOKEN_INVALID, "there is no family " + family, "");
    }
    asked.add(alsoMinted ? "also minted" : "alone");
    return note(new Revoked(Optional.empty(), Optional.of(family), NOON, "admin-1", reason));
  }

  private Revocation note(Revoked one) {
    boolean known =
        revoked.stream()
            .anyMatch(
                other ->
                    other.tokenId().equals(one.tokenId()) && other.family().equals(one.family()));
    if (!known) {
      revoked.addFirst(one);
    }
    return new Revocation(known ? 0 : 1, endedCalls);
  }

  @Override
  public Stream<TokenInfo> list(boolean all, Optional<String> mintedBy) {
    asked.add((all ? "all" : "good ones") + mintedBy.map(by -> " of " + by).orElse(""));
    return minted.stream();
  }

  @Override
  public TokenInfo describe() {
    return minted.getFirst();
  }

  @Override
  public Stream<Revoked> revoked() {
    return revoked.stream();
  }

  @Override
  public Rotation rotateRootKey(boolean retireOlder) {
    keyId++;
    return new Rotation(keyId + "", retireOlder ? List.of((keyId - 1) + "") : List.of());
  }
}

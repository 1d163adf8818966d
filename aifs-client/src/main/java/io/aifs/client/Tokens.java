package io.aifs.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens of the store: who may do what. Narrowing a token needs no call: see {@link
 * io.aifs.crypto.Macaroon#attenuate}. Thread-safe.
 */
public interface Tokens {
  /**
   * Makes a token, which allows at most what the token of this client does.
   *
   * @param caveats restrictions, as {@link io.aifs.core.token.CaveatKind} writes them; the server
   *     adds an end if none is among them
   * @param note what it is for; listed, never in the token
   * @throws io.aifs.core.AifsException.InvalidRequest if the server does not understand one
   */
  Minted mint(List<String> caveats, String note);

  /**
   * Takes one token back for good, and all that were attenuated from it; again is no error.
   *
   * @param tokenId 32 hex digits
   */
  Revocation revoke(String tokenId, String reason);

  /**
   * Takes all tokens of a family back for good; again is no error.
   *
   * @param alsoMinted also all families that it minted, and so on
   * @throws io.aifs.core.AifsException.NotFound if there is no such family for this token
   */
  Revocation revokeFamily(String family, boolean alsoMinted, String reason);

  /**
   * Families that were minted, newest first.
   *
   * @param all revoked and expired ones too
   * @param mintedBy only those that this family minted
   */
  Stream<TokenInfo> list(boolean all, Optional<String> mintedBy);

  /** The token of this client, as the server sees it. */
  TokenInfo describe();

  /** What was revoked, newest first. */
  Stream<Revoked> revoked();

  /**
   * Makes a new root key, from which tokens are minted from now on.
   *
   * @param retireOlder tokens of all older keys end at once; else they go on until they expire
   */
  Rotation rotateRootKey(boolean retireOlder);

  /** A new token, which nobody can tell again. */
  record Minted(String token, TokenInfo info) {
    public Minted {
      requireNonNull(token, "token is null");
      requireNonNull(info, "info is null");
    }

    /** Never shows the token. */
    @Override
    public String toString() {
      return "Minted[" + info + "]";
    }
  }

  /**
   * All that may be told of a token.
   *
   * @param tokenId names exactly one token; empty for a family
   * @param family names what was minted, and all that was attenuated from it
   * @param keyId the root key it descends from
   * @param caveats in the order they were added
   * @param expiresAt empty if it never does
   * @param mintedAt empty if this store did not mint it
   * @param mintedBy the family that minted it; empty for the admin token
   * @param lastUsedAt when any token of the family was used last, to within a minute
   */
  record TokenInfo(
      String tokenId,
      String family,
      String keyId,
      List<String> caveats,
      Optional<Instant> expiresAt,
      Optional<Instant> mintedAt,
      String mintedBy,
      String note,
      Optional<Instant> lastUsedAt,
      boolean revoked) {
    public TokenInfo {
      requireNonNull(family, "family is null");
      caveats = List.copyOf(caveats);
    }
  }

  /**
   * What was taken back.
   *
   * @param revoked families, or tokens, that were not revoked before
   * @param endedCalls calls that were under way with them
   */
  record Revocation(int revoked, int endedCalls) {}

  /**
   * What can no longer be used: one of the two.
   *
   * @param tokenId one token and all attenuated from it; empty for a family
   * @param family empty for one token
   * @param by the family of the token that revoked it
   */
  record Revoked(
      Optional<String> tokenId, Optional<String> family, Instant at, String by, String reason) {
    public Revoked {
      requireNonNull(at, "at is null");
      if (tokenId.isPresent() == family.isPresent()) {
        throw new IllegalArgumentException("revoked is not one of a token and a family");
      }
    }
  }

  /**
   * A new root key.
   *
   * @param retired ids of the keys that no longer verify anything
   */
  record Rotation(String keyId, List<String> retired) {
    public Rotation {
      requireNonNull(keyId, "keyId is null");
      retired = List.copyOf(retired);
    }
  }
}

package io.aifs.server.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens that were minted and what was revoked. No token is in it. */
public interface TokenReader {
  Optional<TokenFamilyRow> find(String family);

  /**
   * Newest first, at most {@code limit}.
   *
   * @param before only those that were minted before this family
   */
  List<TokenFamilyRow> families(Optional<String> before, int limit);

  /** The families that this one minted, oldest first. */
  List<String> mintedBy(String family);

  boolean isRevoked(RevokedName what);

  /**
   * Newest first, at most {@code limit}.
   *
   * @param before only those that were added before this one
   */
  List<RevocationRow> revocations(Optional<RevokedName> before, int limit);

  /** When a token of the family was used last, as far as it was noted; of any family. */
  Optional<Instant> lastUse(String family);
}

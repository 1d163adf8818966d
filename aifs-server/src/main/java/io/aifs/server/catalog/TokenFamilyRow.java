package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token that was minted, and stands for all that are attenuated from it. From this row and the
 * root key, and from nothing less, the token can be made again.
 *
 * @param family names it
 * @param keyId the root key that it was minted from
 * @param caveats of the token that was minted, in order
 * @param mintedBy the family of the token that asked for it; empty for the one that the holder of
 *     the root key makes
 * @param note what it is for; may be empty
 * @param expiresAt empty if it never does
 */
public record TokenFamilyRow(
    String family,
    String keyId,
    List<String> caveats,
    Instant mintedAt,
    String mintedBy,
    String note,
    Optional<Instant> expiresAt) {
  public TokenFamilyRow {
    requireNonNull(family, "family is null");
    requireNonNull(keyId, "keyId is null");
    requireNonNull(mintedAt, "mintedAt is null");
    requireNonNull(mintedBy, "mintedBy is null");
    requireNonNull(note, "note is null");
    requireNonNull(expiresAt, "expiresAt is null");
    caveats = List.copyOf(caveats);
    if (family.isEmpty()) {
      throw new IllegalArgumentException("family is empty");
    }
  }
}

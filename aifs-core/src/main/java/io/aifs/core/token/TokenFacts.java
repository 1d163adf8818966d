package io.aifs.core.token;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Macaroon;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a token says of itself to who holds it. Nothing of it is checked: only the store that has
 * the root key can tell whether the token is good. None of it lets anybody use the token.
 *
 * @param tokenId names exactly this token
 * @param family names what was minted; tokens attenuated from it share it
 * @param keyId the root key it claims to descend from
 * @param location the store that it says it is for; not signed
 * @param caveats in the order they were added
 * @param expiresAt the earliest end; empty if it never expires
 * @param notBefore the latest beginning
 */
public record TokenFacts(
    String tokenId,
    String family,
    String keyId,
    String location,
    List<String> caveats,
    Optional<Instant> expiresAt,
    Optional<Instant> notBefore) {
  /** The key of tokens that were made before their identifiers named one. */
  private static final String OLDEST_KEY = "1";

  public TokenFacts {
    requireNonNull(tokenId, "tokenId is null");
    requireNonNull(family, "family is null");
    caveats = List.copyOf(caveats);
  }

  public static TokenFacts of(Macaroon token) {
    String identifier = token.identifier();
    int dot = identifier.indexOf('.');
    return new TokenFacts(
        token.id(),
        identifier.substring(dot + 1),
        dot < 0 ? OLDEST_KEY : identifier.substring(0, dot),
        token.location(),
        token.caveats(),
        instants(token, CaveatKind.EXPIRES).min(Comparator.naturalOrder()),
        instants(token, CaveatKind.NOT_BEFORE).max(Comparator.naturalOrder()));
  }

  /** Those of its caveats that no server of this version understands: it refuses the token. */
  public List<String> notUnderstood() {
    return caveats.stream().filter(caveat -> !CaveatKind.isUnderstood(caveat)).toList();
  }

  private static Stream<Instant> instants(Macaroon token, CaveatKind kind) {
    return token.caveats().stream()
        .filter(CaveatKind::isUnderstood)
        .filter(caveat -> CaveatKind.of(caveat).filter(kind::equals).isPresent())
        .map(caveat -> CaveatKind.instant(kind.value(caveat)));
  }
}

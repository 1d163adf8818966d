package io.aifs.server.auth;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token whose signature is right. Whether it may be used just now, from where its holder is,
 * {@link TokenVerifier#refusal} says.
 *
 * @param name names family and root key
 * @param caller who calls with it
 * @param lineage the ids of all tokens that it was attenuated from, from the one without caveats to
 *     its own
 * @param caveats as they stand in it
 * @param expiresAt the earliest end that any caveat sets
 * @param notBefore the latest begin that any caveat sets
 * @param clients each must contain where a call comes from
 */
public record VerifiedToken(
    TokenName name,
    Caller caller,
    List<String> lineage,
    List<String> caveats,
    Optional<Instant> expiresAt,
    Optional<Instant> notBefore,
    List<Set<AddressRange>> clients) {
  public VerifiedToken {
    requireNonNull(name, "name is null");
    requireNonNull(caller, "caller is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(notBefore, "notBefore is null");
    lineage = List.copyOf(lineage);
    caveats = List.copyOf(caveats);
    clients = clients.stream().map(Set::copyOf).toList();
  }

  /** Whether no call of anybody at any time could be allowed by it. */
  public boolean allowsNothing() {
    return caller.permissions().isEmpty()
        || caller.namespaces().filter(Set::isEmpty).isPresent()
        || caller.restrictions().excludesAll()
        || (expiresAt.isPresent()
            && notBefore.isPresent()
            && !notBefore.get().isBefore(expiresAt.get()));
  }
}

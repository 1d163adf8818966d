package io.aifs.server.auth;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Macaroon;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a token into a {@link Caller}, or refuses it. Thread-safe. */
public final class TokenVerifier {
  private static final String HINT = "get a new token from whoever runs the store";

  private final byte[] rootKey;
  private final Clock clock;

  public TokenVerifier(byte[] rootKey, Clock clock) {
    this.rootKey = rootKey.clone();
    this.clock = clock;
  }

  /**
   * Checks signature and caveats.
   *
   * @throws AifsException.Denied if the token is not one of this store's, was changed, has expired,
   *     or holds a caveat that this server does not know
   */
  public Caller verify(String token) {
    Macaroon macaroon = parse(token);
    if (!macaroon.verifySignature(rootKey)) {
      throw invalid("the token was not made for this store, or was changed");
    }
    Set<Permission> permissions = EnumSet.allOf(Permission.class);
    Optional<Set<Name>> namespaces = Optional.empty();
    for (Caveat caveat : caveats(macaroon)) {
      switch (caveat) {
        case Caveat.Expires(Instant at) -> requireBefore(at);
        case Caveat.Methods(Set<Permission> allowed) -> permissions.retainAll(allowed);
        case Caveat.Namespaces(Set<Name> allowed) ->
            namespaces = Optional.of(intersection(namespaces, allowed));
      }
    }
    return new Caller(macaroon.identifier(), permissions, namespaces);
  }

  private static Macaroon parse(String token) {
    try {
      return Macaroon.parse(token);
    } catch (IllegalArgumentException e) {
      throw invalid("the token cannot be read");
    }
  }

  private static List<Caveat> caveats(Macaroon macaroon) {
    try {
      return macaroon.caveats().stream().map(Caveat::parse).toList();
    } catch (IllegalArgumentException e) {
      throw invalid("the token holds a caveat that this server cannot check");
    }
  }

  private void requireBefore(Instant expiry) {
    if (!clock.instant().isBefore(expiry)) {
      throw new AifsException.Denied(
          Reason.TOKEN_EXPIRED,
          "the token expired at " + expiry,
          "a new admin token is made when the store is opened the next time; for others, " + HINT);
    }
  }

  private static Set<Name> intersection(Optional<Set<Name>> before, Set<Name> allowed) {
    Set<Name> both = new HashSet<>(allowed);
    before.ifPresent(both::retainAll);
    return both;
  }

  private static AifsException.Denied invalid(String message) {
    return new AifsException.Denied(Reason.TOKEN_INVALID, message, HINT);
  }
}

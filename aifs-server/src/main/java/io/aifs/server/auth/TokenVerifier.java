package io.aifs.server.auth;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Macaroon;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a token into a {@link Caller}, or refuses it. Thread-safe. */
public final class TokenVerifier {
  private static final String HINT = "get a new token from whoever runs the store";

  private final TokenState state;
  private final Clock clock;
  private final TokenCache cache = new TokenCache();

  public TokenVerifier(TokenState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** One of a store with one root key, where nothing is ever revoked. */
  public TokenVerifier(byte[] rootKey, Clock clock) {
    this(TokenState.of(rootKey), clock);
  }

  /** Who calls with a token from inside this process, as {@link #verify(String, Optional)}. */
  public Caller verify(String token) {
    return verify(token, Optional.empty()).caller();
  }

  /**
   * Checks signature and caveats, and notes that the token was used.
   *
   * @param client where the call comes from; empty for this process and its Unix socket
   * @throws AifsException.Denied if the token is not one of this store's, was changed, was revoked,
   *     has expired, is not valid yet or not here, or holds a caveat that this server does not know
   */
  public VerifiedToken verify(String token, Optional<InetAddress> client) {
    VerifiedToken verified = authentic(token);
    admit(verified, client);
    return verified;
  }

  /**
   * The second half of {@link #verify}: whether a token that is {@link #authentic} may be used now,
   * from there.
   *
   * @throws AifsException.Denied if not
   */
  public void admit(VerifiedToken verified, Optional<InetAddress> client) {
    refusal(verified, client)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    state.use().used(verified.name().family(), clock.instant());
  }

  /**
   * A token whose signature is right and whose caveats are known; it may be over, or revoked.
   *
   * @throws AifsException.Denied otherwise
   */
  public VerifiedToken authentic(String token) {
    Digest key = TokenCache.key(token);
    Optional<VerifiedToken> known = cache.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    Macaroon macaroon = parse(token);
    TokenName name =
        TokenName.parse(macaroon.identifier()).orElseThrow(TokenVerifier::notOfThisStore);
    byte[] rootKey = state.keys().find(name.key()).orElseThrow(() -> withoutKey(name));
    List<String> lineage = macaroon.lineage(rootKey).orElseThrow(TokenVerifier::notOfThisStore);
    VerifiedToken verified = meaning(name, lineage, macaroon.caveats());
    cache.keep(key, token, verified);
    return verified;
  }

  private static Macaroon parse(String token) {
    try {
      return Macaroon.parse(token);
    } catch (IllegalArgumentException e) {
      throw invalid("the token cannot be read");
    }
  }

  private static VerifiedToken meaning(TokenName name, List<String> lineage, List<String> caveats) {
    try {
      return Narrowing.of(name, lineage, caveats);
    } catch (IllegalArgumentException e) {
      throw invalid("the token holds a caveat that this server cannot check");
    }
  }

  /** Why a good token may not be used now, from there; empty if it may. */
  public Optional<AifsException.Denied> refusal(VerifiedToken token, Optional<InetAddress> client) {
    if (state.revocations().include(token)) {
      return Optional.of(revoked("the token was revoked"));
    }
    if (!state.keys().has(token.name().key())) {
      return Optional.of(withoutKey(token.name()));
    }
    Instant now = clock.instant();
    Optional<Instant> end = token.expiresAt().filter(at -> !now.isBefore(at));
    if (end.isPresent()) {
      return Optional.of(expired(end.get(), now));
    }
    Optional<Instant> begin = token.notBefore().filter(now::isBefore);
    if (begin.isPresent()) {
      return Optional.of(notYet(begin.get(), now));
    }
    return token.clients().stream().allMatch(ranges -> contain(ranges, client))
        ? Optional.empty()
        : Optional.of(elsewhere(client));
  }

  private static boolean contain(Set<AddressRange> ranges, Optional<InetAddress> client) {
    return ranges.stream().anyMatch(range -> range.contains(client));
  }

  private static AifsException.Denied expired(Instant end, Instant now) {
    return new AifsException.Denied(
        Reason.TOKEN_EXPIRED,
        "the token expired at " + end + "; here it is " + seconds(now),
        "a new admin token is made when the store is opened the next time; for others, " + HINT);
  }

  private static AifsException.Denied notYet(Instant begin, Instant now) {
    return new AifsException.Denied(
        Reason.TOKEN_NOT_YET_VALID,
        "the token is valid from " + begin + " on; here it is " + seconds(now),
        "wait until then; if it should be valid already, compare the clocks");
  }

  private static Instant seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }

  private static AifsException.Denied elsewhere(Optional<InetAddress> client) {
    return new AifsException.Denied(
        Reason.TOKEN_NOT_ALLOWED,
        "the token may not be used from "
            + client.map(InetAddress::getHostAddress).orElse("this machine's own socket"),
        "its caveat 'client' says from where; use it from there, or use another token");
  }

  /** Whoever makes up a token can ask for any key: which there were is no secret. */
  private AifsException.Denied withoutKey(TokenName name) {
    return name.key() < state.keys().newest()
        ? revoked("root key " + name.key() + ", from which the token was minted, was retired")
        : notOfThisStore();
  }

  private static AifsException.Denied revoked(String message) {
    return new AifsException.Denied(Reason.TOKEN_REVOKED, message, HINT);
  }

  private static AifsException.Denied notOfThisStore() {
    return invalid("the token was not made for this store, or was changed");
  }

  private static AifsException.Denied invalid(String message) {
    return new AifsException.Denied(Reason.TOKEN_INVALID, message, HINT);
  }
}

package io.aifs.server.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When tokens were used last, by family, in memory: to within a second, so that a call seldom
 * writes. Only families of good tokens are in it, so minting bounds it. Thread-safe.
 */
public final class TokenUse {
  private static final Duration PRECISION = Duration.ofSeconds(1);

  private final Map<String, Instant> last = new ConcurrentHashMap<>();

  void used(String family, Instant now) {
    Instant before = last.get(family);
    if (before == null || now.isAfter(before.plus(PRECISION))) {
      last.put(family, now);
    }
  }

  /** Since this process began. */
  public Optional<Instant> last(String family) {
    return Optional.ofNullable(last.get(family));
  }

  /** All families used since this process began, as they are now. */
  public Map<String, Instant> all() {
    return Map.copyOf(last);
  }
}

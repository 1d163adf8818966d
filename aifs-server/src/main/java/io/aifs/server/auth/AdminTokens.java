package io.aifs.server.auth;

import io.aifs.crypto.Macaroon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Mints the token that allows everything, for the one who holds the root key. Thread-safe. */
public final class AdminTokens {
  public static final Duration LIFETIME = Duration.ofDays(90);

  private final byte[] rootKey;
  private final String storeId;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * @param ids gives each token a new id
   */
  public AdminTokens(byte[] rootKey, String storeId, Clock clock, Supplier<String> ids) {
    this.rootKey = rootKey.clone();
    this.storeId = storeId;
    this.clock = clock;
    this.ids = ids;
  }

  /** A token without limits but its end, 90 days from now. */
  public String mint() {
    Instant expiry = clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    return Macaroon.mint(
            rootKey, "admin-" + ids.get(), "aifs:" + storeId, List.of("expires = " + expiry))
        .serialize();
  }
}

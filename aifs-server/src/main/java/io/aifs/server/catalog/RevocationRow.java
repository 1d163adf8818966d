package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That something was taken back, for good.
 *
 * @param who the family of the token that did it
 * @param reason why, in words; may be empty
 */
public record RevocationRow(RevokedName what, Instant at, String who, String reason) {
  public RevocationRow {
    requireNonNull(what, "what is null");
    requireNonNull(at, "at is null");
    requireNonNull(who, "who is null");
    requireNonNull(reason, "reason is null");
  }
}

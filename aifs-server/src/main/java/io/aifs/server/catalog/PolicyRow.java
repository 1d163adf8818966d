package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One version of a namespace's policy. Versions are kept for good.
 *
 * @param version from 1 on; each is higher than all before it
 * @param document as it was given; empty if this version takes the policy away
 * @param who the id of the token
 * @param reason why, as the setter says; may be empty
 */
public record PolicyRow(long version, String document, Instant setAt, String who, String reason) {
  public PolicyRow {
    requireNonNull(document, "document is null");
    requireNonNull(setAt, "setAt is null");
    requireNonNull(who, "who is null");
    requireNonNull(reason, "reason is null");
    if (version < 1) {
      throw new IllegalArgumentException("version is not positive: " + version);
    }
  }

  /** Whether nothing is demanded from this version on. */
  public boolean removed() {
    return document.isEmpty();
  }
}

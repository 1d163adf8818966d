package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a transaction.
 *
 * @param lease for how long each use puts off its end
 * @param expiresAt when it ends unless it is used
 * @param endedAt empty while it is open
 * @param entries assets, paths, edges and refs in its steps
 * @param stagedBytes what these take, content not counted
 * @param version that shows what it did; 0 unless it is committed
 */
public record TransactionSummary(
    TransactionId id,
    State state,
    Instant begunAt,
    Duration lease,
    Instant expiresAt,
    Optional<Instant> endedAt,
    long steps,
    long entries,
    long stagedBytes,
    long version) {
  public TransactionSummary {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(lease, "lease is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(endedAt, "endedAt is null");
  }

  /** Where it stands. */
  public enum State {
    OPEN,
    COMMITTED,
    ABORTED,
    /** Its lease ended. */
    EXPIRED,
    /** The server was started anew while it was open. */
    LOST
  }
}

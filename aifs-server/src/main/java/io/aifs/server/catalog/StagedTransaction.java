package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A transaction.
 *
 * @param owner the id of the token that began it
 * @param lease for how long each use of it puts off its end
 * @param expiresAt when it ends unless it is used
 * @param endedAt empty while it is open
 * @param steps how many are staged, or were
 * @param entries assets, paths and edges in these
 * @param bytes of these as they are staged
 * @param version that shows what it did; 0 unless it is committed
 */
public record StagedTransaction(
    TransactionId id,
    long namespace,
    String owner,
    State state,
    Instant begunAt,
    Duration lease,
    Instant expiresAt,
    Optional<Instant> endedAt,
    long steps,
    long entries,
    long bytes,
    long version) {
  public StagedTransaction {
    requireNonNull(id, "id is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(state, "state is null");
    requireNonNull(begunAt, "begunAt is null");
    requireNonNull(lease, "lease is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(endedAt, "endedAt is null");
  }

  /** A transaction that begins, with nothing staged. */
  public static StagedTransaction begun(
      TransactionId id,
      long namespace,
      String owner,
      Instant now,
      Duration lease,
      Instant expiresAt) {
    return new StagedTransaction(
        id, namespace, owner, State.OPEN, now, lease, expiresAt, Optional.empty(), 0, 0, 0, 0);
  }

  /** Where a transaction stands. */
  public enum State {
    OPEN(0),
    COMMITTED(1),
    ABORTED(2),
    EXPIRED(3),
    /** The server was started anew while it was open. */
    LOST(4);

    private final int code;

    State(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /**
     * @throws IllegalArgumentException if no state has this code
     */
    public static State ofCode(long code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("state of a transaction is unknown: " + code);
    }
  }
}

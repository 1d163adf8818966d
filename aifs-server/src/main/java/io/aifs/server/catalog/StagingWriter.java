package io.aifs.server.catalog;

import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Collection;

/** Changes transactions. None of this is journaled. Rules are the engine's; this only stores. */
public interface StagingWriter extends StagingReader {
  /**
   * Adds a transaction.
   *
   * @throws IllegalStateException if there is one with this id
   */
  void begin(StagedTransaction transaction);

  /**
   * Adds a step behind the others and counts it; returns its number.
   *
   * @param entries what it adds to {@link StagedTransaction#entries}
   * @param assets those that it will make visible
   * @throws IllegalStateException if the transaction is not open
   */
  long append(TransactionId id, byte[] body, long entries, Collection<Digest> assets);

  /** Says when an open transaction expires. */
  void renew(TransactionId id, Instant expiresAt);

  /**
   * Ends a transaction; its steps stay until {@link #drop}.
   *
   * @param state how it ends
   * @param version that shows what it did; 0 if nothing
   * @throws IllegalStateException if it is not open
   */
  void end(TransactionId id, StagedTransaction.State state, Instant at, long version);

  /** Ends all that are open as lost; returns how many. */
  long endAll(Instant at);

  /**
   * Removes steps of a transaction that has ended, at most {@code limit}; returns whether all are
   * gone.
   */
  boolean drop(TransactionId id, int limit);

  /**
   * Forgets transactions that ended before an instant and have no steps left, at most {@code
   * limit}; returns how many.
   */
  long forget(Instant before, int limit);
}

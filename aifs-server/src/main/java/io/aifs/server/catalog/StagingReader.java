package io.aifs.server.catalog;

import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Transactions with what is staged in them. None of it is in the journal or in a dump: of a catalog
 * that was rebuilt nobody knows them.
 */
public interface StagingReader {
  Optional<StagedTransaction> find(TransactionId id);

  /** An owner's in a namespace, in order of id, those after {@code after}, ended ones too. */
  List<StagedTransaction> list(
      long namespace, String owner, Optional<TransactionId> after, int limit);

  /** Open ones that expire at {@code now} or before, the first to expire first. */
  List<StagedTransaction> expiring(Instant now, int limit);

  /** How many transactions are open. */
  long openCount();

  /**
   * Steps after number {@code after}, in order: as many as hold {@code bytesMax}, but at least one
   * if there is any.
   */
  List<StagedRow> steps(TransactionId id, long after, long bytesMax);

  /** A transaction that has ended, and may have steps left; empty if there is none. */
  Optional<TransactionId> leftOver();

  /** Those of {@code assets} that the transaction has staged. */
  Set<Digest> stagedAmong(TransactionId id, Collection<Digest> assets);
}

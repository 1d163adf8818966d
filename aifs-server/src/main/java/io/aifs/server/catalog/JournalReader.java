package io.aifs.server.catalog;

import java.util.List;
import java.util.Optional;

/** The outbox of transactions that the journal's packs may not hold yet. */
public interface JournalReader {
  /** The sequence of the newest transaction; 0 if there was none. */
  long newest();

  /**
   * Transactions after {@code sequence} that were not forgotten, oldest first: as many as hold
   * {@code bytesMax}, but at least one if there is any.
   */
  List<PendingTransaction> pendingAfter(long sequence, long bytesMax);

  /** Bytes of all that is pending after {@code sequence}. */
  long pendingBytesAfter(long sequence);

  /** The newest transaction that was forgotten, since its journal record is in the ledger. */
  long forgotten();

  Optional<CheckpointMark> checkpoint();
}

package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.List;

/** Where the journal is kept. Thread-safe. */
public interface JournalLog {
  /**
   * Adds transactions, in order. They survive a crash once this returns: a rebuild finds them, also
   * without a ledger. After a failure any of them may be there; adding them again does no harm.
   *
   * @return the packs that hold them and others, to be recorded in the ledger
   */
  List<LivePack> append(List<PendingTransaction> transactions) throws IOException;

  /** Says that the ledger holds these packs now; they are left out of later results. */
  void recorded(List<LivePack> packs);
}

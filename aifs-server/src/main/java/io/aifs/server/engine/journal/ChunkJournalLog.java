package io.aifs.server.engine.journal;

import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.journal.JournalLog;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A log of sealed JOURNAL records in the packs of {@link JournalDomain}. */
public final class ChunkJournalLog implements JournalLog {
  private final ChunkStore store;

  /** Held from a put to its sync, so that a failed sync of others cannot lose what was put. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param store of the journal's domain
   */
  public ChunkJournalLog(ChunkStore store) {
    this.store = store;
  }

  @Override
  public List<LivePack> append(List<PendingTransaction> transactions) throws IOException {
    return appendRecords(RecordBodies.ofTransactions(transactions));
  }

  /** Adds records and makes them durable. */
  List<LivePack> appendRecords(List<byte[]> records) throws IOException {
    lock.lock();
    try {
      var _ = store.putAll(RecordType.JOURNAL, records.stream().map(Chunk::of).toList());
      return store.sync();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the open pack: what is appended later goes to another. */
  List<LivePack> seal() throws IOException {
    lock.lock();
    try {
      return store.seal();
    } finally {
      lock.unlock();
    }
  }

  /** Deletes packs that the ledger does not name any more. */
  void forget(Collection<PackId> packs) throws IOException {
    store.forget(packs);
  }

  @Override
  public void recorded(List<LivePack> packs) {
    store.recorded(packs);
  }

  /** The packs that the ledger does not know as they are; all that was appended is durable. */
  List<LivePack> unrecorded() throws IOException {
    lock.lock();
    try {
      return store.sync();
    } finally {
      lock.unlock();
    }
  }
}

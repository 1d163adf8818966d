package io.aifs.server.engine.journal;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CheckpointMark;
import io.aifs.server.catalog.journal.Journal;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes checkpoints and drops the journal packs before them, so that the journal stays below about
 * twice the catalog. Thread-safe; one checkpoint is written at a time, beside reads and writes.
 */
public final class Checkpoints {
  /** The journal may always grow by this much. */
  private static final long GROWTH_BYTES_MIN = 16 << 20;

  /** A pack counts for at least this, as many small ones are slow to open. */
  private static final long PACK_BYTES_MIN = 64 << 10;

  private static final int PAGE_BYTES = 256 << 10;

  private final Catalog catalog;
  private final Journal journal;
  private final ChunkJournalLog log;
  private final Supplier<String> ids;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param catalog the one that the journal follows, without the journal
   * @param ids 32 random hex digits
   */
  public Checkpoints(Catalog catalog, Journal journal, ChunkJournalLog log, Supplier<String> ids) {
    this.catalog = catalog;
    this.journal = journal;
    this.log = log;
    this.ids = ids;
  }

  /**
   * Writes a checkpoint if there is none, or the journal since the last has outgrown it.
   *
   * @return whether one was written
   */
  public boolean checkpointIfDue() throws IOException {
    lock.lock();
    try {
      if (!due()) {
        return false;
      }
      checkpoint();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean due() {
    return catalog.read(
        reader -> {
          Optional<CheckpointMark> last = reader.journal().checkpoint();
          long journalBytes =
              reader.ledger().packs(JournalDomain.ID).stream().mapToLong(Checkpoints::weight).sum();
          return last.isEmpty()
              || journalBytes - last.get().storedBytes()
                  >= Math.max(GROWTH_BYTES_MIN, last.get().storedBytes());
        });
  }

  private static long weight(LivePack pack) {
    return Math.max(PACK_BYTES_MIN, pack.syncedBytes());
  }

  /** Writes a checkpoint now. */
  public void checkpoint() throws IOException {
    lock.lock();
    try {
      journal.catchUp();
      journal.withoutRecording(
          () -> {
            Set<PackId> older = journal.whileStill(_ -> sealOlder());
            CheckpointWriter writer = new CheckpointWriter(log, ids.get());
            catalog.dump(PAGE_BYTES, writer);
            writer.end();
            commit(writer.sequence(), older);
            log.forget(older);
          });
    } finally {
      lock.unlock();
    }
  }

  /** Every pack that there is; the next record begins another. */
  private Set<PackId> sealOlder() throws IOException {
    Set<PackId> older = new TreeSet<>();
    log.seal().forEach(pack -> older.add(pack.id()));
    catalog
        .<List<LivePack>>read(reader -> reader.ledger().packs(JournalDomain.ID))
        .forEach(pack -> older.add(pack.id()));
    return older;
  }

  private void commit(long sequence, Set<PackId> older) throws IOException {
    record Still(long journaled, List<LivePack> packs) {}
    Still still = journal.whileStill(journaled -> new Still(journaled, log.unrecorded()));
    List<LivePack> packs =
        still.packs().stream().filter(pack -> !older.contains(pack.id())).toList();
    long bytes = packs.stream().mapToLong(Checkpoints::weight).sum();
    boolean done =
        catalog.write(
            writer -> {
              writer.ledger().commit(packs, older);
              writer.journal().forget(still.journaled());
              writer.journal().checkpointed(new CheckpointMark(sequence, bytes));
              return true;
            });
    if (done) {
      journal.replaced(still.packs(), older);
    }
  }
}

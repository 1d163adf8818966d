package io.aifs.server.catalog.journal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings committed transactions from the catalog's outbox to the log, in order. Thread-safe.
 *
 * <p>Whoever wants a transaction journaled takes the lock and appends all that is pending, with one
 * sync; those who waited for the lock meanwhile mostly find theirs done. Payloads come from the
 * outbox, not from their callers: so a caller that died between commit and journal holds up nobody,
 * and memory is bounded.
 */
public final class Journal {
  private final Catalog catalog;
  private final JournalLog log;
  private final JournalOptions options;
  private final Clock clock;

  /** Held while the log is written. */
  private final ReentrantLock lock = new ReentrantLock();

  private final JournalLag lag;
  private final RecordableTally recordable;

  private Journal(
      Catalog catalog, JournalLog log, JournalOptions options, Clock clock, long newest, long old) {
    this.catalog = catalog;
    this.log = log;
    this.options = options;
    this.clock = clock;
    this.lag = new JournalLag(options, newest, old);
    this.recordable = new RecordableTally(options);
  }

  /**
   * Follows a catalog. What is in its outbox is appended by the first {@link #catchUp} or write.
   *
   * @param catalog without a journal
   */
  public static Journal follow(
      Catalog catalog, JournalLog log, JournalOptions options, Clock clock) {
    return catalog.read(
        reader -> {
          long old = reader.journal().forgotten();
          Journal journal =
              new Journal(catalog, log, options, clock, reader.journal().newest(), old);
          journal.lag.waiting(reader.journal().pendingBytesAfter(old));
          return journal;
        });
  }

  /** How far it is. */
  public JournalState state() {
    return lag.state();
  }

  /**
   * Refuses new writes while too much waits for a journal that cannot be written.
   *
   * @throws AifsException.Unavailable then
   */
  void admit() {
    if (lag.tooLong()) {
      if (lag.retryDue(clock.millis())) {
        reach(lag.newest());
      }
      if (lag.tooLong()) {
        throw new AifsException.Unavailable(
            Reason.IO_FAILED,
            "the journal cannot be written and is too far behind the catalog: "
                + lag.state().failure().orElse("no reason is known"),
            "look at the disk of packs/; writes go on by themselves once the journal can be"
                + " written, and reads are not affected",
            null);
      }
    }
  }

  /**
   * Says that a transaction is committed, and returns once it is in the log, or the log has failed:
   * then it stays in the outbox and {@link #state} says why.
   */
  void committed(long sequence, int payloadBytes) {
    lag.committed(sequence, payloadBytes);
    reach(sequence);
  }

  private void reach(long sequence) {
    if (lag.journaled() >= sequence) {
      return;
    }
    lock.lock();
    try {
      if (lag.journaled() < sequence && lag.retryDue(clock.millis())) {
        appendPending();
      }
    } catch (IOException | AifsException e) {
      lag.failed(e, clock.millis());
    } finally {
      lock.unlock();
    }
  }

  /** Appends all that is pending; the entry point of whoever tries again after a failure. */
  public void catchUp() throws IOException {
    lock.lock();
    try {
      appendPending();
    } catch (IOException | AifsException e) {
      lag.failed(e, clock.millis());
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void appendPending() throws IOException {
    while (true) {
      long from = lag.journaled();
      List<PendingTransaction> batch =
          catalog.read(reader -> reader.journal().pendingAfter(from, options.batchBytesMax()));
      if (batch.isEmpty()) {
        lag.caughtUp();
        return;
      }
      List<LivePack> packs = log.append(batch);
      long bytes = batch.stream().mapToLong(each -> each.payload().length).sum();
      lag.journaled(batch.getLast().sequence(), bytes);
      recordable.add(packs, batch.getLast().sequence(), batch.size(), bytes);
    }
  }

  /** What the next write should record, if enough has gathered; to be released. */
  Optional<Recordable> claimRecordable() {
    return recordable.claim();
  }

  /**
   * Says that the write which claimed has ended.
   *
   * @param durable whether the ledger knows it now
   */
  void release(Recordable claimed, boolean durable) {
    if (durable) {
      recordable.recorded();
      log.recorded(claimed.packs());
    }
    recordable.release();
  }

  /**
   * Appends what is pending and has the ledger know all of it, so that the next start finds an
   * empty outbox. For the end.
   */
  public void settle() throws IOException {
    catchUp();
    recordable.hold();
    try {
      Recordable rest = recordable.all();
      boolean done =
          catalog.write(
              writer -> {
                rest.record(writer);
                return true;
              });
      if (done) {
        log.recorded(rest.packs());
      }
    } finally {
      recordable.release();
    }
  }

  /**
   * Runs {@code work} while nobody appends: every transaction in the log is then durable, and what
   * is appended later comes behind.
   */
  public <T> T whileStill(StillWork<T> work) throws IOException {
    lock.lock();
    try {
      return work.run(lag.journaled());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code work} while no write tells the ledger of the journal's packs, so that none brings
   * back a pack that {@code work} drops.
   */
  public void withoutRecording(Work work) throws IOException {
    recordable.hold();
    try {
      work.run();
    } finally {
      recordable.release();
    }
  }

  /**
   * Says that the ledger knows packs now and lacks others for good. To be called within {@link
   * #withoutRecording}.
   */
  public void replaced(List<LivePack> recorded, Collection<PackId> dropped) {
    lock.lock();
    try {
      log.recorded(recorded);
      recordable.drop(dropped);
    } finally {
      lock.unlock();
    }
  }

  /** What {@link #withoutRecording} runs. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /** What {@link #whileStill} runs. */
  @FunctionalInterface
  public interface StillWork<T> {
    T run(long journaled) throws IOException;
  }
}

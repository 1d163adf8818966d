package io.aifs.server.catalog.journal;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Gathers what the ledger is to be told, until it is worth a row. Thread-safe. */
final class RecordableTally {
  private final JournalOptions options;

  /** Held by whoever is telling the ledger, or keeps others from it. */
  private final Semaphore turn = new Semaphore(1);

  private List<LivePack> packs = List.of();
  private long through;
  private int transactions;
  private long bytes;

  RecordableTally(JournalOptions options) {
    this.options = options;
  }

  /**
   * @param unrecorded all packs that the ledger does not know as they are, not only this batch's
   */
  synchronized void add(List<LivePack> unrecorded, long last, int count, long payloadBytes) {
    packs = List.copyOf(unrecorded);
    through = last;
    transactions += count;
    bytes += payloadBytes;
  }

  /** What there is, if it is much and nobody else has the turn; to be released. */
  Optional<Recordable> claim() {
    return isDue() && turn.tryAcquire() ? Optional.of(all()) : Optional.empty();
  }

  private synchronized boolean isDue() {
    return transactions >= options.recordTransactionsMax() || bytes >= options.recordBytesMax();
  }

  /** Everything, however little. Call with the turn. */
  synchronized Recordable all() {
    return new Recordable(packs, through);
  }

  /** Waits for the turn and takes it. */
  void hold() {
    turn.acquireUninterruptibly();
  }

  /** Those that came since the claim are recorded a little later. */
  synchronized void recorded() {
    transactions = 0;
    bytes = 0;
  }

  /** Never tells the ledger of these again. */
  synchronized void drop(Collection<PackId> dropped) {
    packs = packs.stream().filter(pack -> !dropped.contains(pack.id())).toList();
  }

  void release() {
    turn.release();
  }
}

package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CollectionRun;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.OrphanPacks;
import io.aifs.server.pack.PackTally;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Gives back the space of what nothing needs, beside running puts and reads; see {@code
 * docs/adr/0016-collection.md}. One call at a time: a second one fails at once. Thread-safe.
 *
 * <p>A call that fails, or is cut off by a crash at any point, loses nothing: the next one goes on.
 */
public final class CollectionService {
  private final Catalog catalog;
  private final CollectedDomains domains;
  private final Pins pins;
  private final Orphans orphans;
  private final BooleanSupplier mayDelete;
  private final Clock clock;
  private final Semaphore turn = new Semaphore(1);

  /** From which epoch on pins cannot hold what a run has condemned. Guarded by the turn. */
  private final Map<Long, Long> epochs = new HashMap<>();

  /**
   * @param mayDelete whether files may be deleted now: the catalog's changes are in the journal
   */
  public CollectionService(
      Catalog catalog,
      ChunkStores chunkStores,
      Pins pins,
      OrphanPacks files,
      BooleanSupplier mayDelete,
      Clock clock) {
    this.catalog = catalog;
    this.domains = new CollectedDomains(catalog, chunkStores);
    this.pins = pins;
    this.orphans = new Orphans(catalog, files);
    this.mayDelete = mayDelete;
    this.clock = clock;
  }

  /** Says what {@link #run} would condemn now, and changes nothing. */
  public CollectionReport plan(CollectionListener listener) {
    return alone(
        () -> {
          CollectionTally tally = new CollectionTally(listener);
          List<CollectedDomain> all = domains.all();
          for (CollectedDomain domain : all) {
            try {
              new Marking(domain, tally).run();
              for (PackTally pack : domain.records().tally()) {
                tally.records += pack.records();
                tally.recordBytes += pack.bytes();
                tally.condemnedRecords += pack.unmarkedRecords();
                tally.condemnedBytes += pack.unmarkedBytes();
              }
            } finally {
              domain.records().endMarking();
            }
          }
          countOrphans(orphans.find(all), tally);
          tally.pendingBytes = pendingBytes();
          return tally.report();
        });
  }

  /**
   * Condemns what nothing needs, and deletes what was condemned {@code grace} ago or is due.
   *
   * @param grace how long what is condemned can be brought back; zero deletes it in this call
   * @param patience how long to wait for uploads that began before something was condemned; what
   *     they may hold is left for the next run
   * @throws AifsException.Corrupt if the chunk list of an asset cannot be read
   * @throws AifsException.Unavailable if another call runs, or the disk fails
   */
  public CollectionReport run(Duration grace, Duration patience, CollectionListener listener) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace is negative: " + grace);
    }
    return alone(
        () -> {
          CollectionTally tally = new CollectionTally(listener);
          List<CollectedDomain> all = domains.all();
          for (CollectedDomain domain : all) {
            long sequence = condemn(domain, grace, tally);
            purge(domain, sequence, grace, patience, tally);
          }
          Map<PackId, Long> found = orphans.find(all);
          countOrphans(found, tally);
          if (mayDelete.getAsBoolean()) {
            tally.freedBytes += orphans.delete(found, clock.instant(), grace);
            tally.reached(CollectionStep.ORPHANS_DELETED);
          }
          tally.pendingBytes = pendingBytes();
          return tally.report();
        });
  }

  /** Marks and condemns; returns the newest event when it began to mark. */
  private long condemn(CollectedDomain domain, Duration grace, CollectionTally tally)
      throws IOException {
    try {
      Marking.Begun begun = new Marking(domain, tally).run();
      Instant now = clock.instant();
      Optional<Long> run = new Condemning(domain, tally).run(begun, now, now.plus(grace));
      if (run.isPresent()) {
        epochs.put(run.get(), pins.advance());
        tally.reached(CollectionStep.EPOCH_MOVED);
      }
      return begun.sequence();
    } finally {
      domain.records().endMarking();
    }
  }

  /**
   * Deletes what is due. Always after a marking, which has shown again whatever was needed then: so
   * even an account of condemned records that is wrong deletes nothing that is needed.
   */
  private void purge(
      CollectedDomain domain,
      long sequence,
      Duration grace,
      Duration patience,
      CollectionTally tally)
      throws IOException {
    Instant now = clock.instant();
    List<CollectionRun> due = new ArrayList<>();
    for (CollectionRun run : catalog.read(reader -> reader.collection().runs(domain.id()))) {
      boolean late = !run.deleteAfter().isAfter(now) || !run.condemnedAt().plus(grace).isAfter(now);
      if (run.finished() || (late && unpinned(run, patience, tally))) {
        due.add(run);
      }
    }
    if (!due.isEmpty()) {
      new Purge(domain, tally, mayDelete).run(due, sequence);
      due.forEach(run -> epochs.remove(run.number()));
    }
  }

  private boolean unpinned(CollectionRun run, Duration patience, CollectionTally tally) {
    // A run that is not known here was cut off, or is of an earlier process: wait for all there
    // are.
    long epoch = epochs.computeIfAbsent(run.number(), _ -> pins.advance());
    long open = pins.awaitClosed(epoch, patience);
    tally.openUploads = Math.max(tally.openUploads, open);
    return open == 0;
  }

  /**
   * Makes everything that is condemned and not due count as stored again.
   *
   * @return how many records that were
   */
  public long undo() {
    return alone(
        () -> {
          long shown = 0;
          for (CollectedDomain domain : domains.all()) {
            shown += new CollectionUndo(domain).run();
          }
          return shown;
        });
  }

  /**
   * How the bytes of the packs divide.
   *
   * @param packBytes of all live packs
   * @param condemnedBytes of these, about, that will be deleted
   * @param condemnedUntil when the last of them may be deleted
   * @param orphanBytes of pack files that nothing names, not among the live ones
   */
  public record Space(
      long packBytes, long condemnedBytes, Optional<Instant> condemnedUntil, long orphanBytes) {}

  /** How the bytes of the packs divide now. */
  public Space space() {
    try {
      long orphanBytes =
          orphans.find(domains.all()).values().stream().mapToLong(Long::longValue).sum();
      return catalog.read(
          reader -> {
            long packBytes =
                reader.ledger().packs().stream().mapToLong(pack -> pack.syncedBytes()).sum();
            var condemned = reader.collection().totals();
            return new Space(
                packBytes, Math.min(condemned.bytes(), packBytes), condemned.until(), orphanBytes);
          });
    } catch (IOException e) {
      throw Failures.translate("looking for unused pack files failed", e);
    }
  }

  private long pendingBytes() {
    return catalog.read(reader -> reader.collection().totals()).bytes();
  }

  private static void countOrphans(Map<PackId, Long> found, CollectionTally tally) {
    tally.orphans = found.size();
    tally.orphanBytes = found.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Something that a collection does. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Runs work while no other collection runs. */
  <T> T alone(Work<T> work) {
    if (!turn.tryAcquire()) {
      throw new AifsException.Unavailable(
          Reason.STORE_LOCKED,
          "a collection is running",
          "wait until it has ended and try again; 'aifs job list' shows it",
          null);
    }
    try {
      return work.run();
    } catch (IOException e) {
      throw Failures.translate("collecting failed", e);
    } finally {
      turn.release();
    }
  }
}

package io.aifs.server.engine.journal;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.journal.Journal;
import io.aifs.server.catalog.journal.JournalOp;
import io.aifs.server.catalog.journal.JournalOptions;
import io.aifs.server.catalog.journal.JournalState;
import io.aifs.server.catalog.journal.JournaledCatalog;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The journal of an open store: its state, its checkpoints, its beginning and end. Thread-safe. */
public final class JournalService implements AutoCloseable {
  private final Catalog catalog;
  private final ChunkStore store;
  private final ChunkJournalLog log;
  private final Journal journal;
  private final Checkpoints checkpoints;
  private final JournaledCatalog journaled;

  /**
   * Follows a catalog; call {@link #start} before anything is written.
   *
   * @param catalog without a journal; not closed here
   * @param store of {@link JournalDomain}; closed here
   * @param checkpointIds 32 random hex digits
   */
  public JournalService(
      Catalog catalog, ChunkStore store, Supplier<String> checkpointIds, Clock clock) {
    this(catalog, store, checkpointIds, clock, _ -> {});
  }

  /**
   * Follows a catalog; call {@link #start} before anything is written.
   *
   * @param committed is told what each write to {@link #catalog} has changed, before it returns
   */
  public JournalService(
      Catalog catalog,
      ChunkStore store,
      Supplier<String> checkpointIds,
      Clock clock,
      Consumer<List<JournalOp>> committed) {
    this.catalog = catalog;
    this.store = store;
    this.log = new ChunkJournalLog(store);
    this.journal = Journal.follow(catalog, log, JournalOptions.DEFAULT, clock);
    this.checkpoints = new Checkpoints(catalog, journal, log, checkpointIds);
    this.journaled = new JournaledCatalog(catalog, journal, committed);
  }

  /** The catalog to write to: its transactions are in the journal when a write returns. */
  public Catalog catalog() {
    return journaled;
  }

  /** Where the journal's records are. */
  public ChunkStore store() {
    return store;
  }

  /** How far the journal is behind, and why. */
  public JournalState state() {
    return journal.state();
  }

  /**
   * Appends what a crash left, and writes the first checkpoint. If the journal cannot be written
   * the store is usable all the same, and {@link #state} or the log says why.
   */
  public void start() {
    try {
      retry();
      if (catalog.read(reader -> reader.journal().checkpoint()).isEmpty()) {
        checkpoints.checkpoint();
      }
    } catch (IOException | AifsException e) {
      warn("the journal could not be begun, and is tried again", e);
    }
  }

  private static void warn(String what, Exception failure) {
    System.getLogger("aifs").log(System.Logger.Level.WARNING, what + ": " + failure);
  }

  /** Tries again after a failure; throws what fails now. Does nothing while all is well. */
  public void retry() throws IOException {
    if (!state().upToDate()) {
      journal.catchUp();
    }
  }

  /** Writes a checkpoint now, such as after a rebuild that had gaps to report. */
  public void checkpoint() throws IOException {
    checkpoints.checkpoint();
  }

  /** Writes a checkpoint if one is due; returns whether it did. */
  public boolean checkpointIfDue() throws IOException {
    return checkpoints.checkpointIfDue();
  }

  /**
   * Appends and records everything, with a checkpoint if one is due. Nobody writes any more. What
   * cannot be appended stays in the catalog's outbox for the next start.
   */
  @Override
  public void close() {
    try (store) {
      journal.settle();
      var _ = checkpoints.checkpointIfDue();
      record(store.seal());
    } catch (IOException | AifsException e) {
      warn("the journal could not be ended, and goes on at the next start", e);
    }
  }

  private void record(List<LivePack> packs) {
    if (!packs.isEmpty()) {
      var _ =
          catalog.<Boolean>write(
              writer -> {
                writer.ledger().commit(packs, List.of());
                return true;
              });
      store.recorded(packs);
    }
  }
}

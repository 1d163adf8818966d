package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.DumpVisitor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A catalog whose writes are in the journal when they return, unless the journal cannot be written:
 * the catalog's word stands then, and the write waits in its outbox.
 *
 * <p>A write is refused with {@link io.aifs.core.AifsException.Unavailable} while too much waits.
 */
public final class JournaledCatalog implements Catalog {
  private final Catalog catalog;
  private final Journal journal;
  private final Consumer<List<JournalOp>> committed;

  /**
   * @param journal follows {@code catalog}
   */
  public JournaledCatalog(Catalog catalog, Journal journal) {
    this(catalog, journal, _ -> {});
  }

  /**
   * @param journal follows {@code catalog}
   * @param committed is told what each write has changed, before it returns; of a large one in
   *     several calls
   */
  public JournaledCatalog(Catalog catalog, Journal journal, Consumer<List<JournalOp>> committed) {
    this.catalog = catalog;
    this.journal = journal;
    this.committed = committed;
  }

  /**
   * @param sequence 0 if it changed nothing
   */
  private record Written<T>(T result, OpLog.Told changes, long sequence, int payloadBytes) {}

  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return catalog.readAside(function);
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    journal.admit();
    Optional<Recordable> recordable = journal.claimRecordable();
    Written<T> written;
    boolean durable = false;
    try {
      written = catalog.write(writer -> written(writer, function, recordable));
      durable = written.sequence() > 0;
    } finally {
      if (recordable.isPresent()) {
        journal.release(recordable.get(), durable);
      }
    }
    written.changes().to(committed);
    if (written.sequence() > 0) {
      journal.committed(written.sequence(), written.payloadBytes());
    }
    return written.result();
  }

  private static <T> Written<T> written(
      CatalogWriter writer, Function<CatalogWriter, T> function, Optional<Recordable> recordable) {
    RecordingWriter recording = new RecordingWriter(writer);
    T result = function.apply(recording);
    if (recording.ops().isEmpty()) {
      return new Written<>(result, OpLog.Told.NOTHING, 0, 0);
    }
    byte[] payload = recording.ops().payload();
    long sequence = writer.journal().append(payload);
    recordable.ifPresent(packs -> packs.record(writer));
    return new Written<>(result, recording.ops().told(payload), sequence, payload.length);
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    return catalog.read(function);
  }

  @Override
  public List<CatalogProblem> check() {
    return catalog.check();
  }

  @Override
  public void dump(int pageBytes, DumpVisitor visitor) throws IOException {
    catalog.dump(pageBytes, visitor);
  }

  @Override
  public long storedBytes() {
    return catalog.storedBytes();
  }

  /** Closes the catalog; the journal is settled before by whoever made it. */
  @Override
  public void close() {
    catalog.close();
  }
}

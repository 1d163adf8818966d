package io.aifs.server.catalog.sqlite;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.layer.TreeBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A catalog in one SQLite file with a write-ahead log. One process at a time: whoever opens it
 * holds the data directory.
 */
public final class SqliteCatalog implements Catalog {
  private static final int ASIDE_READERS_MAX = 4;

  private final CatalogFile file;
  private final ReadPool readers;
  private final ReadPool asideReaders;
  private final TreeBase base;
  private final BatchWriter writer;
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  private SqliteCatalog(
      CatalogFile file, SessionSource source, SqliteOptions options, TreeBase base) {
    this.file = file;
    this.base = base;
    this.readers = new ReadPool(source::reader, options.readersMax());
    this.asideReaders = new ReadPool(source::reader, ASIDE_READERS_MAX);
    this.writer =
        new BatchWriter(
            source::writer,
            options.batchWritesMax(),
            options.batchMillisMax(),
            new LogKeeper(file, options)::tidy);
  }

  /**
   * Opens the catalog in {@code path}, makes one if there is no such file, and brings an older
   * format up to date. The files are readable by their owner alone.
   *
   * @param base where the trees are that its overlays lie on
   * @throws AifsException.Unsupported if a later version of AIFS made it
   * @throws AifsException.Corrupt if it is damaged, or is not a catalog
   * @throws AifsException.LimitExceeded if the disk is full
   */
  public static SqliteCatalog open(Path path, SqliteOptions options, TreeBase base) {
    CatalogFile file = new CatalogFile(path);
    file.makeOrTighten();
    SessionSource source = new SessionSource(path, options);
    new Migrations(source).run();
    return new SqliteCatalog(file, source, options, base);
  }

  /** Opens a catalog whose trees are not read: see {@link TreeBase#ABSENT}. */
  public static SqliteCatalog open(Path path, SqliteOptions options) {
    return open(path, options, TreeBase.ABSENT);
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    requireOutside();
    return readers.read(session -> inside(() -> function.apply(new SqliteReader(session, base))));
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    requireOutside();
    return writer.write(session -> inside(() -> function.apply(new SqliteWriter(session, base))));
  }

  /** Has connections of its own: whoever waits for one holds none of them. */
  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return asideReaders.read(session -> function.apply(new SqliteReader(session, base)));
  }

  private <T> T inside(Supplier<T> function) {
    inside.set(true);
    try {
      return function.get();
    } finally {
      inside.set(false);
    }
  }

  @Override
  public List<CatalogProblem> check() {
    return readers.read(session -> new CatalogCheck(session).run());
  }

  /**
   * Makes rows consistent of which some were lost, after a rebuild with gaps. Returns a sentence
   * for each change.
   *
   * @param at when lost assets are said to be deleted
   */
  public List<String> repair(Instant at) {
    requireOutside();
    return writer.write(session -> new CatalogRepair(session, Nanos.of(at)).run());
  }

  @Override
  public void dump(int pageBytes, DumpVisitor visitor) throws IOException {
    requireOutside();
    try {
      readers.read(session -> new CatalogDump(session, pageBytes, visitor).run());
    } catch (UncheckedIOException e) {
      throw requireNonNull(e.getCause());
    }
  }

  @Override
  public long storedBytes() {
    return file.storedBytes();
  }

  /** Also folds the log into the file. */
  @Override
  public void close() {
    readers.close();
    asideReaders.close();
    writer.close();
  }

  private void requireOutside() {
    if (inside.get()) {
      throw new IllegalStateException("a catalog read or write must not nest another");
    }
  }
}

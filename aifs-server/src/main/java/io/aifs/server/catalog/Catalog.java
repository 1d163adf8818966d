package io.aifs.server.catalog;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The truth about everything but content. Thread-safe.
 *
 * <p>A read sees one instant. A write is atomic, and durable when it returns; what it wrote is seen
 * by every read that begins later. Writes are serial: each sees all earlier ones. Every
 * implementation passes {@code CatalogContract}.
 *
 * <p>A function may run more than once, and a write's function may share its database transaction
 * with others (if one of them throws, it alone is undone and its exception reaches its own caller).
 * So it has no side effects, and ids and times reach it as inputs. It must not keep the reader or
 * writer after it returns, nor nest a read or write inside another but {@link #readAside}.
 */
public interface Catalog extends AutoCloseable {
  <T> T read(Function<CatalogReader, T> function);

  <T> T write(Function<CatalogWriter, T> function);

  /**
   * A read that may nest inside another read or a write, and sees an instant of its own: for what
   * opens packs, since a function may look at trees. Must not nest in itself.
   */
  <T> T readAside(Function<CatalogReader, T> function);

  /** Checks rows and the database's own structure, slowly; some of each kind of thing wrong. */
  List<CatalogProblem> check();

  /**
   * Shows every row of every table but the journal's own, all of one instant, on this thread. Equal
   * catalogs give equal rows in equal order. Memory does not grow with the catalog.
   *
   * @param pageBytes about how much to put into a page; a row that is longer is a page by itself
   */
  void dump(int pageBytes, DumpVisitor visitor) throws IOException;

  /** Bytes of the catalog's files on disk. */
  long storedBytes();

  /** Waits for running writes and closes; later calls throw. */
  @Override
  void close();
}

package io.aifs.server.engine.journal;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.TablePage;
import java.time.Instant;
import java.util.List;

/** A new catalog being made. Not thread-safe. */
public interface CatalogTarget extends AutoCloseable {
  /** Comes first: rows of a catalog of this format follow. */
  void begin(int format);

  /**
   * Adds rows of one table.
   *
   * @throws RuntimeException if they do not fit; none of them is added then
   */
  void add(TablePage page);

  /** Ends the rows; the catalog is of this build's format now. Without rows it is new and empty. */
  Catalog catalog();

  /**
   * Makes rows consistent of which some were lost: what refers to nothing goes, lost parents become
   * tombstones, sums are made anew. Returns a sentence for each change.
   */
  List<String> repair(Instant at);

  @Override
  void close();
}

package io.aifs.server;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteCatalogLoad;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.journal.CatalogTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new SQLite catalog in a file that is not there yet. */
final class SqliteTarget implements CatalogTarget {
  private final Path file;
  private @Nullable SqliteCatalogLoad load;
  private @Nullable SqliteCatalog catalog;

  SqliteTarget(Path file) {
    this.file = file;
  }

  @Override
  public void begin(int format) {
    load = SqliteCatalogLoad.begin(file, format);
  }

  @Override
  public void add(TablePage page) {
    if (load == null) {
      throw new IllegalStateException("rows come before their format");
    }
    load.add(page);
  }

  @Override
  public Catalog catalog() {
    return opened();
  }

  private SqliteCatalog opened() {
    endLoad();
    SqliteCatalog open = catalog;
    if (open == null) {
      open = SqliteCatalog.open(file, SqliteOptions.DEFAULT);
      catalog = open;
    }
    return open;
  }

  @Override
  public List<String> repair(Instant at) {
    return opened().repair(at);
  }

  private void endLoad() {
    if (load != null) {
      load.close();
      load = null;
    }
  }

  @Override
  public void close() {
    endLoad();
    if (catalog != null) {
      catalog.close();
      catalog = null;
    }
  }
}

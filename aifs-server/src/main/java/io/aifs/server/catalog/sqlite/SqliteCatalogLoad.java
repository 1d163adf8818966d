package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.TablePage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new catalog of dumped rows, in the format that they were dumped from; opening it brings
 * it up to date. Rows that do not fit the format are refused. Not thread-safe.
 */
public final class SqliteCatalogLoad implements AutoCloseable {
  private final Session session;
  private final Set<String> dumped;
  private final Map<String, TableShape> shapes = new HashMap<>();
  private final Set<String> emptied = new HashSet<>();

  private SqliteCatalogLoad(Session session) {
    this.session = session;
    this.dumped = new HashSet<>(TableShape.dumped(session));
  }

  /**
   * Makes the file.
   *
   * @throws io.aifs.core.AifsException.Unsupported if a later build knows this format
   */
  public static SqliteCatalogLoad begin(Path path, int format) {
    Migrations.requireKnown(format);
    CatalogFile file = new CatalogFile(path);
    file.makeOrTighten();
    SessionSource source = new SessionSource(path, SqliteOptions.DEFAULT);
    new Migrations(source).run(format);
    return new SqliteCatalogLoad(source.writerWithoutForeignKeys());
  }

  /**
   * Adds rows; all of them or none.
   *
   * @throws IllegalArgumentException if there is no such table or column
   */
  public void add(TablePage page) {
    TableShape shape = shape(page.table());
    if (!shape.columns().equals(page.columns())) {
      throw new IllegalArgumentException(
          "table " + page.table() + " has other columns than " + page.columns());
    }
    String insert =
        "INSERT INTO "
            + TableShape.quoted(shape.name())
            + " ("
            + TableShape.list(shape.columns())
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(shape.columns().size(), "?"))
            + ")";
    session.beginWrite();
    boolean added = false;
    try {
      if (emptied.add(shape.name())) {
        session.update("DELETE FROM " + TableShape.quoted(shape.name()));
      }
      for (List<@Nullable Object> row : page.rows()) {
        session.update(insert, row.toArray());
      }
      session.commit();
      added = true;
    } finally {
      if (!added) {
        session.rollback();
      }
    }
  }

  private TableShape shape(String table) {
    if (!dumped.contains(table)) {
      throw new IllegalArgumentException("no such table: " + table);
    }
    return shapes.computeIfAbsent(table, name -> TableShape.of(session, name));
  }

  @Override
  public void close() {
    session.close();
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.TablePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows all rows of all tables, as one session sees them. */
final class CatalogDump {
  /** What a value takes beside its bytes, about. */
  private static final int VALUE_BYTES = 4;

  private final Session session;
  private final int pageBytes;
  private final DumpVisitor visitor;
  private List<List<@Nullable Object>> rows = new ArrayList<>();
  private long rowsBytes;

  CatalogDump(Session session, int pageBytes, DumpVisitor visitor) {
    this.session = session;
    this.pageBytes = pageBytes;
    this.visitor = visitor;
  }

  /** Returns how many tables there were. */
  int run() {
    try {
      visitor.begin(Migrations.FORMAT, new SqliteJournalReader(session).newest());
      List<String> tables = TableShape.dumped(session);
      for (String table : tables) {
        show(TableShape.of(session, table));
      }
      return tables.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(TableShape table) throws IOException {
    session.each(
        table.select(),
        row -> {
          List<@Nullable Object> values = values(row, table.columns().size());
          long bytes = bytesOf(values);
          if (!rows.isEmpty() && rowsBytes + bytes > pageBytes) {
            flushUnchecked(table);
          }
          rows.add(values);
          rowsBytes += bytes;
          return true;
        });
    if (!rows.isEmpty()) {
      flush(table);
    }
  }

  private void flush(TableShape table) throws IOException {
    TablePage page = new TablePage(table.name(), table.columns(), rows);
    rows = new ArrayList<>();
    rowsBytes = 0;
    visitor.page(page);
  }

  private void flushUnchecked(TableShape table) {
    try {
      flush(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<@Nullable Object> values(Row row, int columns) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      values.add(row.value(i));
    }
    return values;
  }

  private static long bytesOf(List<@Nullable Object> values) {
    long bytes = 0;
    for (Object value : values) {
      bytes += VALUE_BYTES;
      switch (value) {
        case String text -> bytes += text.length();
        case byte[] blob -> bytes += blob.length;
        case null, default -> {
          // In its few bytes already.
        }
      }
    }
    return bytes;
  }
}

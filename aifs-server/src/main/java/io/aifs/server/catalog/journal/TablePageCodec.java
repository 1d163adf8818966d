package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.TablePage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a checkpoint's page: table, columns, rows. See {@code docs/format/journal.md}. */
public final class TablePageCodec {
  private static final int VERSION = 1;
  private static final int NULL = 0;
  private static final int INTEGER = 1;
  private static final int TEXT = 2;
  private static final int BLOB = 3;

  public static byte[] encode(TablePage page) {
    JournalOutput out = new JournalOutput();
    out.octet(VERSION);
    out.text(page.table());
    out.list(page.columns(), JournalOutput::text);
    out.unsigned(page.rows().size());
    for (List<@Nullable Object> row : page.rows()) {
      for (Object value : row) {
        write(value, out);
      }
    }
    return out.toBytes();
  }

  private static void write(@Nullable Object value, JournalOutput out) {
    switch (value) {
      case null -> out.octet(NULL);
      case Long number -> {
        out.octet(INTEGER);
        out.signed(number);
      }
      case String text -> {
        out.octet(TEXT);
        out.text(text);
      }
      case byte[] bytes -> {
        out.octet(BLOB);
        out.bytes(bytes);
      }
      default -> throw new IllegalArgumentException("value has no type: " + value.getClass());
    }
  }

  /**
   * Reads what {@link #encode} wrote; the bytes may be anything.
   *
   * @throws JournalMalformedException if they are something else, or of a later version
   */
  public static TablePage decode(byte[] bytes) throws JournalMalformedException {
    JournalInput in = new JournalInput(bytes);
    int version = in.octet();
    if (version != VERSION) {
      throw new JournalMalformedException("version " + version + " of a page is not known");
    }
    String table = in.text();
    List<String> columns = in.list(JournalInput::text);
    if (columns.isEmpty()) {
      throw new JournalMalformedException("table " + table + " has no columns");
    }
    int count = in.count();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<@Nullable Object> row = new ArrayList<>(columns.size());
      for (int column = 0; column < columns.size(); column++) {
        row.add(read(in));
      }
      rows.add(row);
    }
    in.requireEnd();
    return new TablePage(table, columns, rows);
  }

  private static @Nullable Object read(JournalInput in) throws JournalMalformedException {
    int type = in.octet();
    return switch (type) {
      case NULL -> null;
      case INTEGER -> in.signed();
      case TEXT -> in.text();
      case BLOB -> in.bytes();
      default -> throw new JournalMalformedException("type " + type + " of a value is not known");
    };
  }

  private TablePageCodec() {}
}

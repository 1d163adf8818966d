package io.aifs.server.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A dump as lines of text, one for each row, to compare catalogs by. */
public final class DumpText {
  private DumpText() {}

  /** Every row that a checkpoint holds. */
  public static List<String> of(Catalog catalog) {
    return of(catalog, _ -> true);
  }

  /** The rows that are wanted, as {@code table|value|value}. */
  public static List<String> of(Catalog catalog, Predicate<String> wanted) {
    List<String> lines = new ArrayList<>();
    try {
      catalog.dump(
          1_000,
          new DumpVisitor() {
            @Override
            public void begin(int format, long sequence) {
              lines.add("format " + format + " sequence " + sequence);
            }

            @Override
            public void page(TablePage page) {
              for (List<@Nullable Object> row : page.rows()) {
                lines.add(page.table() + line(row));
              }
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.stream().filter(wanted).toList();
  }

  private static String line(List<@Nullable Object> row) {
    StringBuilder line = new StringBuilder();
    for (Object value : row) {
      line.append('|')
          .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    }
    return line.toString();
  }
}

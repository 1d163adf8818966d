package io.aifs.server.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one table, as a dump gives them out.
 *
 * @param rows a value for each column: a {@code Long}, a {@code String}, a {@code byte[]} or null
 */
public record TablePage(String table, List<String> columns, List<List<@Nullable Object>> rows) {
  public TablePage {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
  }
}

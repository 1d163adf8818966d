package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EmbeddingRow.Quarantine;
import java.sql.SQLException;
import java.util.Optional;

/** The columns of a row that names an embedding, visible or kept. */
final class EmbeddingTable {
  /** To be read by {@link #row}. */
  static final String COLUMNS = "asset, space, part, dimension, content, rule, since";

  private static final int RULE = 6;
  private static final int SINCE = 7;

  static EmbeddingRow row(Row row) throws SQLException {
    return new EmbeddingRow(
        row.digest(1),
        row.text(2),
        row.text(3),
        (int) row.integer(4),
        row.digest(5),
        row.value(RULE) instanceof String rule
            ? Optional.of(new Quarantine(rule, Nanos.instant(row.integer(SINCE))))
            : Optional.empty());
  }

  private EmbeddingTable() {}
}

package io.aifs.server.catalog.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table's columns, in its own order and in that of its key. Names are of our own making. */
record TableShape(String name, List<String> columns, List<String> key) {
  /** SQLite's own, and yet ours: which numbers were given out for good. */
  static final String NUMBERS = "sqlite_sequence";

  /**
   * What collection found out and can find again: after a rebuild everything counts as stored, as
   * rows of a checkpoint could condemn what later transactions need. And what is staged, which does
   * not outlive its process.
   */
  private static final Set<String> NOT_DUMPED =
      Set.of(
          "collection_run",
          "condemned",
          "orphan",
          "staged_asset",
          "staged_step",
          "staged_transaction");

  /** Every table that a dump holds, in order of name, and the given-out numbers last. */
  static List<String> dumped(Session session) {
    List<String> names =
        new ArrayList<>(
            session.list(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                    + " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
                    + " AND name NOT LIKE 'journal!_%' ESCAPE '!' ORDER BY name",
                row -> row.text(1)));
    names.removeAll(NOT_DUMPED);
    names.add(NUMBERS);
    return names;
  }

  /** The shape of a table that there is. */
  static TableShape of(Session session, String name) {
    record Column(String name, long keyPosition) {}
    List<Column> columns =
        session.list(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid",
            row -> new Column(row.text(1), row.integer(2)),
            name);
    List<String> key =
        columns.stream()
            .filter(column -> column.keyPosition() > 0)
            .sorted(Comparator.comparingLong(Column::keyPosition))
            .map(Column::name)
            .toList();
    List<String> names = columns.stream().map(Column::name).toList();
    return new TableShape(name, names, key.isEmpty() ? names : key);
  }

  String select() {
    return "SELECT " + list(columns) + " FROM " + quoted(name) + " ORDER BY " + list(key);
  }

  static String list(List<String> names) {
    return names.stream().map(TableShape::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

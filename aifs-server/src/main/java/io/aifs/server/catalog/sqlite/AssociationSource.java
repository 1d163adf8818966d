package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssociationTypeRow;
import java.util.List;

/**
 * Rows that counts of associations are of.
 *
 * @param rows a query of namespace, id1, type and how many, a row for each
 * @param count a query of how many there are of count {@code c}
 * @param counts which counts are of these rows
 */
record AssociationSource(String rows, String count, String counts) {
  static final List<AssociationSource> ALL =
      List.of(
          new AssociationSource(
              "SELECT namespace, id1, type, count(*) AS n FROM association"
                  + " GROUP BY namespace, id1, type",
              "SELECT count(*) FROM association a WHERE a.namespace = c.namespace"
                  + " AND a.id1 = c.id1 AND a.type = c.type",
              "c.type >= " + AssociationTypeRow.FIRST),
          lineage("child", AssociationTypeRow.MADE_FROM),
          lineage("parent", AssociationTypeRow.MADE_INTO));

  private static AssociationSource lineage(String end, int type) {
    return new AssociationSource(
        "SELECT namespace, CAST(x'01' || "
            + end
            + " AS BLOB) AS id1, "
            + type
            + " AS type, count(*) AS n FROM edge GROUP BY namespace, "
            + end,
        "SELECT count(*) FROM edge e WHERE e.namespace = c.namespace AND e."
            + end
            + " = substr(c.id1, 2)",
        "c.type = " + type);
  }

  /** Counts that are not how many rows there are. */
  String wrongCounts() {
    return "SELECT c.id1 FROM association_count c WHERE "
        + counts
        + " AND c.count <> ("
        + count
        + ")";
  }

  /** Rows that no count is of. */
  String uncounted() {
    return "SELECT r.id1 FROM ("
        + rows
        + ") r WHERE NOT EXISTS (SELECT 1 FROM association_count c"
        + " WHERE c.namespace = r.namespace AND c.id1 = r.id1 AND c.type = r.type)";
  }

  /** Counts anew, whatever was counted. */
  static void recount(Session session) {
    session.update("DELETE FROM association_count");
    for (AssociationSource source : ALL) {
      session.update(
          "INSERT INTO association_count (namespace, id1, type, count) " + source.rows());
    }
  }
}

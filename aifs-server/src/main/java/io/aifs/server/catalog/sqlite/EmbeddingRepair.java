package io.aifs.server.catalog.sqlite;

import java.util.List;

/** Makes embeddings and their spaces consistent of which some were lost. */
final class EmbeddingRepair {
  private final Session session;
  private final long atNanos;
  private final List<String> changes;

  /**
   * @param changes takes what is changed, for an operator
   */
  EmbeddingRepair(Session session, long atNanos, List<String> changes) {
    this.session = session;
    this.atNanos = atNanos;
    this.changes = changes;
  }

  void run() {
    session.update(
        "DELETE FROM embedding AS e WHERE NOT EXISTS (SELECT 1 FROM asset a"
            + " WHERE a.namespace = e.namespace AND a.id = e.asset)");
    restoreSpaces();
    for (String table : List.of("embedding", "kept_embedding")) {
      long gone =
          session.update(
              "DELETE FROM "
                  + table
                  + " AS e WHERE NOT EXISTS (SELECT 1 FROM space s WHERE s.namespace = e.namespace"
                  + " AND s.name = e.space AND s.dimension = e.dimension)");
      if (gone > 0) {
        changes.add("removed " + gone + " embeddings: their space is of another dimension");
      }
    }
  }

  /** What is embedded says a lost space's dimension; its metric is lost. */
  private void restoreSpaces() {
    String lost =
        " FROM (SELECT namespace, space, dimension FROM embedding"
            + " UNION ALL SELECT namespace, space, dimension FROM kept_embedding) e"
            + " WHERE NOT EXISTS (SELECT 1 FROM space s"
            + " WHERE s.namespace = e.namespace AND s.name = e.space)";
    session.each(
        "SELECT DISTINCT e.space" + lost,
        row -> {
          changes.add(
              "embedding space '"
                  + row.text(1)
                  + "' was lost and is made anew, with metric cosine");
          return true;
        });
    session.update(
        "INSERT INTO space (namespace, name, dimension, metric, storage, model, created_at)"
            + " SELECT e.namespace, e.space, min(e.dimension), 0, 0, '', ?"
            + lost
            + " GROUP BY e.namespace, e.space",
        atNanos);
  }
}

package io.aifs.server.catalog.sqlite;

/** Marks of assets that a path names, set anew from the rows of overlays. */
final class NameMarks {
  private static final String NAMED =
      "SELECT DISTINCT b.namespace, e.asset FROM "
          + CatalogCheck.OVERLAYS
          + " w JOIN branch b ON b.number = w.branch"
          + " JOIN tree_entry e ON e.layer = w.layer"
          + " WHERE w.part = 0 AND e.asset IS NOT NULL";

  private final Session session;

  NameMarks(Session session) {
    this.session = session;
  }

  /** Takes no mark away: trees below the overlays may name an asset too, and the past may have. */
  void restore() {
    for (String table : new String[] {"asset", "tombstone"}) {
      session.update(
          "UPDATE "
              + table
              + " SET path_count = 1 WHERE path_count = 0 AND (namespace, id) IN ("
              + NAMED
              + ")");
    }
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.core.Limits;
import io.aifs.server.catalog.CatalogProblem.Kind;

/** Whether refs and snapshots name snapshots that are there, and generations follow parents. */
final class HistoryCheck {
  private static final String CONTENT =
      " (SELECT 1 FROM snapshot s WHERE s.namespace = r.namespace AND s.statement IS NOT NULL"
          + " AND s.id = ";
  private static final String PLACE =
      " (SELECT 1 FROM snapshot s WHERE s.namespace = r.namespace AND s.id = ";

  /** Each parent of each snapshot in a row of its own. */
  static final String PARENTS =
      "WITH RECURSIVE slot (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM slot WHERE n + 1 < "
          + Limits.SNAPSHOT_PARENTS_MAX
          + "), r (namespace, id, generation, parent) AS (SELECT c.namespace, c.id, c.generation,"
          + " substr(c.parents, 1 + 16 * slot.n, 16) FROM snapshot c JOIN slot"
          + " ON length(c.parents) > 16 * slot.n)";

  /** Stands for a snapshot of which nothing is known but that it was. */
  private static final String STAND_IN = "(%1$s.statement IS NULL AND %1$s.created_at = 0)";

  private final ProblemQuery query;

  HistoryCheck(ProblemQuery query) {
    this.query = query;
  }

  void run() {
    query.find(
        Kind.SNAPSHOT_LOST,
        "branch %s stands at a snapshot that is not there",
        "SELECT r.name FROM branch r WHERE r.head IS NOT NULL AND NOT EXISTS"
            + CONTENT
            + "r.head)");
    query.find(
        Kind.SNAPSHOT_LOST,
        "tag %s names a snapshot that is not there",
        "SELECT r.name FROM tag r WHERE r.deleted_at IS NULL AND NOT EXISTS"
            + CONTENT
            + "r.snapshot)");
    query.find(
        Kind.HISTORY,
        "the history of branch %s names a snapshot that never was",
        "SELECT DISTINCT r.branch FROM ref_move r"
            + " WHERE (r.from_snapshot IS NOT NULL AND NOT EXISTS"
            + PLACE
            + "r.from_snapshot)) OR (r.to_snapshot IS NOT NULL AND NOT EXISTS"
            + PLACE
            + "r.to_snapshot))");
    query.find(
        Kind.HISTORY,
        "branch %s stands elsewhere than where it last moved to",
        "SELECT r.name FROM branch r WHERE r.head IS NOT (SELECT m.to_snapshot FROM ref_move m"
            + " WHERE m.namespace = r.namespace AND m.branch = r.name"
            + " ORDER BY m.sequence DESC LIMIT 1)");
    query.find(
        Kind.HISTORY,
        "the history of branch %s has a move that begins elsewhere than the one before ended",
        "SELECT DISTINCT q.branch FROM (SELECT branch, from_snapshot, sequence,"
            + " lag(to_snapshot) OVER one AS before FROM ref_move"
            + " WINDOW one AS (PARTITION BY namespace, branch ORDER BY sequence)) q"
            + " WHERE q.from_snapshot IS NOT q.before");
    checkPlaces();
  }

  /** Snapshots among each other, and names. */
  private void checkPlaces() {
    query.find(
        Kind.HISTORY,
        "snapshot %s has a parent that never was",
        PARENTS
            + " SELECT DISTINCT lower(hex(r.id)) FROM r WHERE NOT EXISTS"
            + PLACE
            + "r.parent)");
    query.find(
        Kind.HISTORY,
        "snapshot %s has a generation that does not follow its parents'",
        PARENTS
            + " SELECT lower(hex(id)) FROM (SELECT r.id AS id, r.generation AS own,"
            + " max(p.generation) AS top, max("
            + STAND_IN.formatted("p")
            + ") AS lost FROM r JOIN snapshot p ON p.namespace = r.namespace AND p.id = r.parent"
            + " GROUP BY r.namespace, r.id) WHERE own <> 1 + top AND NOT lost"
            + " UNION ALL SELECT lower(hex(c.id)) FROM snapshot c"
            + " WHERE coalesce(length(c.parents), 0) = 0 AND c.generation <> 1 AND NOT "
            + STAND_IN.formatted("c"));
    query.find(
        Kind.HISTORY,
        "snapshot %s is in a namespace that does not exist",
        "SELECT lower(hex(id)) FROM snapshot WHERE namespace NOT IN (SELECT number FROM namespace)");
    query.find(
        Kind.HISTORY,
        "name %s is a branch and a tag",
        "SELECT r.name FROM branch r JOIN tag t ON t.namespace = r.namespace AND t.name = r.name");
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogProblem.Kind;
import java.util.List;

/**
 * Whether each asset's path count is the number of paths that name it. Counting needs memory for
 * each asset named, so it is done for a range of ids at a time.
 */
final class PathCountCheck {
  private static final String NAMED =
      "WITH named AS (SELECT b.namespace AS namespace, e.asset AS id, count(*) AS paths"
          + " FROM tree_entry e JOIN branch b ON b.number = e.branch"
          + " WHERE e.asset >= ? AND e.asset < ? GROUP BY b.namespace, e.asset)";

  private final Session session;

  PathCountCheck(Session session) {
    this.session = session;
  }

  void run(List<CatalogProblem> findings) {
    long entries =
        session.first("SELECT count(*) FROM tree_entry", row -> row.integer(1)).orElse(0L);
    for (IdRange range : IdRange.split(entries)) {
      check(range.first(), range.end(), findings);
    }
  }

  private void check(byte[] from, byte[] end, List<CatalogProblem> findings) {
    for (String table : List.of("asset", "tombstone")) {
      session.each(
          NAMED
              + " SELECT lower(hex(t.id)), t.path_count, coalesce(n.paths, 0) FROM "
              + table
              + " t LEFT JOIN named n ON n.namespace = t.namespace AND n.id = t.id"
              + " WHERE t.id >= ? AND t.id < ? AND t.path_count <> coalesce(n.paths, 0) LIMIT "
              + ProblemQuery.FINDINGS_MAX,
          row -> {
            findings.add(
                new CatalogProblem(
                    Kind.PATH_COUNTS,
                    "asset %s counts %d paths, but %d name it"
                        .formatted(row.text(1), row.integer(2), row.integer(3)),
                    List.of(row.text(1)),
                    List.of()));
            return true;
          },
          from,
          end,
          from,
          end);
    }
  }
}

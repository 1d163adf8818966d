package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogProblem.Kind;
import java.util.List;

/** Queries for rows that must not be there; each row names what is wrong in its first column. */
final class ProblemQuery {
  /** Of one kind; there is no use in a million sentences. */
  static final int FINDINGS_MAX = 20;

  private final Session session;
  private final List<CatalogProblem> findings;

  /**
   * @param findings takes what is found
   */
  ProblemQuery(Session session, List<CatalogProblem> findings) {
    this.session = session;
    this.findings = findings;
  }

  /**
   * Adds a problem for each row.
   *
   * @param sentence with {@code %s} for the first column; what it begins with says what that is
   */
  void find(Kind kind, String sentence, String sql) {
    session.each(
        sql + " LIMIT " + FINDINGS_MAX,
        row -> {
          String subject = row.text(1);
          findings.add(
              new CatalogProblem(
                  kind,
                  sentence.formatted(subject),
                  sentence.startsWith("asset ") ? List.of(subject) : List.of(),
                  sentence.startsWith("path ") ? List.of(subject) : List.of()));
          return true;
        });
  }
}

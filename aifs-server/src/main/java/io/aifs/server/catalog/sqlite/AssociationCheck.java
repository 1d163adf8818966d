package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem.Kind;

/** Whether associations are there from both ends, of types that exist, and counted right. */
final class AssociationCheck {
  /** The text form of {@code id1}. */
  private static final String SHOWN =
      "CASE substr(id1, 1, 1) WHEN x'01' THEN 'asset:' || lower(hex(substr(id1, 2)))"
          + " WHEN x'02' THEN 'snap:' || lower(hex(substr(id1, 2)))"
          + " WHEN x'03' THEN 'ref:' || CAST(substr(id1, 2) AS TEXT)"
          + " ELSE CAST(substr(id1, 2) AS TEXT) END";

  private final ProblemQuery query;

  AssociationCheck(ProblemQuery query) {
    this.query = query;
  }

  void run() {
    checkTypes();
    query.find(
        Kind.ASSOCIATION_ONE_ENDED,
        "an association of %s is not the same from its other end",
        "SELECT " + SHOWN + " FROM (SELECT a.id1" + ONE_ENDED + ")");
    for (AssociationSource source : AssociationSource.ALL) {
      query.find(
          Kind.ASSOCIATION_COUNTS,
          "the count of associations of %s is not how many there are",
          "SELECT " + SHOWN + " FROM (" + source.wrongCounts() + ")");
      query.find(
          Kind.ASSOCIATION_COUNTS,
          "the associations of %s are not counted",
          "SELECT " + SHOWN + " FROM (" + source.uncounted() + ")");
    }
  }

  /** Rows of a type with an inverse that lack the row of the other end, or differ from it. */
  private static final String ONE_ENDED =
      " FROM association a JOIN association_type t ON t.namespace = a.namespace"
          + " AND t.number = a.type WHERE t.inverse IS NOT NULL AND NOT EXISTS"
          + " (SELECT 1 FROM association b WHERE b.namespace = a.namespace AND b.id1 = a.id2"
          + " AND b.type = t.inverse AND b.age = a.age AND b.id2 = a.id1 AND b.data IS a.data)";

  private void checkTypes() {
    query.find(
        Kind.ASSOCIATION_TYPES,
        "type %s has an inverse that does not name it back",
        "SELECT t.name FROM association_type t WHERE t.inverse IS NOT NULL AND NOT EXISTS"
            + " (SELECT 1 FROM association_type i WHERE i.namespace = t.namespace"
            + " AND i.number = t.inverse AND i.inverse = t.number)");
    query.find(
        Kind.ASSOCIATION_TYPES,
        "an association of %s has a type that is not declared",
        "SELECT "
            + SHOWN
            + " FROM association a WHERE NOT EXISTS"
            + " (SELECT 1 FROM association_type t WHERE t.namespace = a.namespace"
            + " AND t.number = a.type)");
    query.find(
        Kind.NAMESPACE_LOST,
        "type %s is in a namespace that does not exist",
        "SELECT name FROM association_type"
            + " WHERE namespace NOT IN (SELECT number FROM namespace)");
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem.Kind;
import java.util.List;

/** Whether embeddings, also those of deleted assets, are of spaces that there are. */
final class EmbeddingCheck {
  private final ProblemQuery query;

  EmbeddingCheck(ProblemQuery query) {
    this.query = query;
  }

  void run() {
    query.find(
        Kind.NAMESPACE_LOST,
        "embedding space %s is in a namespace that does not exist",
        "SELECT name FROM space WHERE namespace NOT IN (SELECT number FROM namespace)");
    for (String table : List.of("embedding", "kept_embedding")) {
      query.find(
          Kind.EMBEDDING_SPACE,
          "asset %s has an embedding in a space that does not exist",
          "SELECT DISTINCT lower(hex(e.asset)) FROM "
              + table
              + " e LEFT JOIN space s ON s.namespace = e.namespace AND s.name = e.space"
              + " WHERE s.name IS NULL");
      query.find(
          Kind.EMBEDDING_SPACE,
          "asset %s has an embedding of another dimension than its space",
          "SELECT DISTINCT lower(hex(e.asset)) FROM "
              + table
              + " e JOIN space s ON s.namespace = e.namespace AND s.name = e.space"
              + " WHERE s.dimension <> e.dimension");
    }
  }
}

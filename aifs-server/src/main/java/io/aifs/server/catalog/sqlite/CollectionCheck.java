package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem.Kind;

/** Whether the account of collections agrees with itself, the ledger and the tombstones. */
final class CollectionCheck {
  private final ProblemQuery query;

  CollectionCheck(ProblemQuery query) {
    this.query = query;
  }

  void run() {
    query.find(
        Kind.COLLECTION,
        "pack %s has records condemned by a run that does not exist",
        "SELECT DISTINCT lower(hex(pack)) FROM condemned"
            + " WHERE run NOT IN (SELECT number FROM collection_run)");
    query.find(
        Kind.COLLECTION,
        "pack %s has condemned records, but is not in the ledger",
        "SELECT DISTINCT lower(hex(pack)) FROM condemned WHERE pack NOT IN (SELECT id FROM pack)");
    query.find(
        Kind.COLLECTION,
        "pack %s has records condemned by a run of another domain",
        "SELECT DISTINCT lower(hex(c.pack)) FROM condemned c JOIN collection_run r"
            + " ON r.number = c.run JOIN pack p ON p.id = c.pack WHERE p.domain <> r.domain");
    query.find(
        Kind.COLLECTION,
        "pack %s is an orphan, but is in the ledger",
        "SELECT lower(hex(pack)) FROM orphan WHERE pack IN (SELECT id FROM pack)");
    query.find(
        Kind.COLLECTION,
        "asset %s is kept to come back, but is not deleted",
        "SELECT lower(hex(k.id)) FROM kept_asset k WHERE NOT EXISTS"
            + " (SELECT 1 FROM tombstone t WHERE t.namespace = k.namespace AND t.id = k.id)");
    query.find(
        Kind.COLLECTION,
        "asset %s has an embedding to come back with, but is not kept",
        "SELECT DISTINCT lower(hex(e.asset)) FROM kept_embedding e WHERE NOT EXISTS"
            + " (SELECT 1 FROM kept_asset k WHERE k.namespace = e.namespace AND k.id = e.asset)");
  }
}

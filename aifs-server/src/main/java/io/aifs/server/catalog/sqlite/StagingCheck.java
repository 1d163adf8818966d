package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem.Kind;

/** Whether what is staged is of a transaction, and all of it there. */
final class StagingCheck {
  private final ProblemQuery query;

  StagingCheck(ProblemQuery query) {
    this.query = query;
  }

  void run() {
    query.find(
        Kind.STAGING,
        "transaction %s has steps, but does not exist",
        "SELECT DISTINCT lower(hex(txn)) FROM staged_step"
            + " WHERE txn NOT IN (SELECT id FROM staged_transaction)");
    query.find(
        Kind.STAGING,
        "transaction %s has assets, but does not exist",
        "SELECT DISTINCT lower(hex(txn)) FROM staged_asset"
            + " WHERE txn NOT IN (SELECT id FROM staged_transaction)");
    query.find(
        Kind.STAGING,
        "transaction %s is open, but its steps are not all there",
        "SELECT lower(hex(t.id)) FROM staged_transaction t WHERE t.state = 0 AND (t.steps, t.bytes)"
            + " IS NOT (SELECT count(*), coalesce(sum(length(s.body)), 0) FROM staged_step s"
            + " WHERE s.txn = t.id)");
    query.find(
        Kind.STAGING,
        "transaction %s is in a namespace that does not exist",
        "SELECT lower(hex(id)) FROM staged_transaction"
            + " WHERE namespace NOT IN (SELECT number FROM namespace)");
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.AuditReader;
import java.util.Optional;

/** The head of the audit log, one row. */
class SqliteAuditReader implements AuditReader {
  final Session session;

  SqliteAuditReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<AuditHeadRow> head() {
    return session.first(
        "SELECT sequence, digest, mac FROM audit_head WHERE one = 1",
        row -> new AuditHeadRow(row.integer(1), row.digest(2), row.digest(3)));
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.AuditWriter;

/** Keeps the head of the audit log. */
final class SqliteAuditWriter extends SqliteAuditReader implements AuditWriter {
  SqliteAuditWriter(Session session) {
    super(session);
  }

  @Override
  public void keepHead(AuditHeadRow head) {
    session.update(
        "INSERT INTO audit_head (one, sequence, digest, mac) VALUES (1, ?, ?, ?)"
            + " ON CONFLICT (one) DO UPDATE SET sequence = excluded.sequence,"
            + " digest = excluded.digest, mac = excluded.mac",
        head.sequence(),
        head.digest().toBytes(),
        head.mac().toBytes());
  }
}

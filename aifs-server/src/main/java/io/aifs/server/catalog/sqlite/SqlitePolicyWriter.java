package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.catalog.PolicyWriter;

/** Adds versions of policies; none is ever changed. */
final class SqlitePolicyWriter extends SqlitePolicyReader implements PolicyWriter {
  SqlitePolicyWriter(Session session) {
    super(session);
  }

  @Override
  public void add(long namespace, PolicyRow row) {
    long newest = newest(namespace);
    if (row.version() <= newest) {
      throw new IllegalStateException(
          "version " + row.version() + " does not follow version " + newest);
    }
    session.update(
        "INSERT INTO policy (namespace, version, document, set_at, who, reason)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        namespace,
        row.version(),
        row.document(),
        Nanos.of(row.setAt()),
        row.who(),
        row.reason());
  }
}

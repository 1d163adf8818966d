package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.PolicyReader;
import io.aifs.server.catalog.PolicyRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Policies, a row for each version. */
class SqlitePolicyReader implements PolicyReader {
  private static final String ROW =
      "SELECT version, document, set_at, who, reason FROM policy WHERE namespace = ?";

  final Session session;

  SqlitePolicyReader(Session session) {
    this.session = session;
  }

  @Override
  public List<Long> namespaces() {
    return session.list(
        "SELECT DISTINCT namespace FROM policy ORDER BY namespace", row -> row.integer(1));
  }

  @Override
  public long newest(long namespace) {
    return session
        .first(
            "SELECT version FROM policy WHERE namespace = ? ORDER BY version DESC LIMIT 1",
            row -> row.integer(1),
            namespace)
        .orElse(0L);
  }

  @Override
  public Optional<PolicyRow> find(long namespace, long version) {
    return session.first(ROW + " AND version = ?", SqlitePolicyReader::policy, namespace, version);
  }

  @Override
  public List<PolicyRow> versions(long namespace, Optional<Long> before, int limit) {
    return session.list(
        ROW + " AND version < ? ORDER BY version DESC LIMIT ?",
        SqlitePolicyReader::policy,
        namespace,
        before.orElse(Long.MAX_VALUE),
        Page.limit(limit));
  }

  private static PolicyRow policy(Row row) throws SQLException {
    return new PolicyRow(
        row.integer(1), row.text(2), Nanos.instant(row.integer(3)), row.text(4), row.text(5));
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.NamespaceReader;
import io.aifs.server.catalog.NamespaceRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Namespaces, by number inside and by name outside. */
class SqliteNamespaceReader implements NamespaceReader {
  private static final String SELECT =
      "SELECT number, name, description, created_at, metadata, domain,"
          + " chunk_bytes_min, chunk_bytes_target, chunk_bytes_max FROM namespace";

  final Session session;

  SqliteNamespaceReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<NamespaceRow> find(Name name) {
    return session.first(
        SELECT + " WHERE name = ?", SqliteNamespaceReader::namespace, name.value());
  }

  @Override
  public List<NamespaceRow> list(Optional<Name> after, int limit) {
    return session.list(
        SELECT + " WHERE name > ? ORDER BY name LIMIT ?",
        SqliteNamespaceReader::namespace,
        after.map(Name::value).orElse(""),
        Page.limit(limit));
  }

  @Override
  public boolean sharesDomain(NamespaceRow namespace) {
    return session.exists(
        "SELECT number FROM namespace WHERE domain = ? AND number <> ? LIMIT 1",
        namespace.domain().toBytes(),
        namespace.number());
  }

  private static NamespaceRow namespace(Row row) throws SQLException {
    return new NamespaceRow(
        row.integer(1),
        new Name(row.text(2)),
        row.text(3),
        Nanos.instant(row.integer(4)),
        MetadataCodec.decode(row.blob(5)),
        DomainId.fromBytes(row.blob(6)),
        new ChunkerParameters((int) row.integer(7), (int) row.integer(8), (int) row.integer(9)));
  }
}

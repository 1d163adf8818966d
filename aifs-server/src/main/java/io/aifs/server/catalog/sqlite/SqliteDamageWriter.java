package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.DamageWriter;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.Collection;

/** Changes table {@code damaged}, and counts what other tables hold. */
final class SqliteDamageWriter extends SqliteDamageReader implements DamageWriter {
  SqliteDamageWriter(Session session) {
    super(session);
  }

  @Override
  public void add(Collection<DamagedRecord> records, Instant seenAt) {
    for (DamagedRecord record : records) {
      session.update(
          "INSERT INTO damaged (pack, position, id, seen_at, checksum_holds, detail)"
              + " SELECT id, ?, ?, ?, ?, ? FROM pack WHERE id = ? ON CONFLICT DO NOTHING",
          record.position(),
          record.id().toBytes(),
          Nanos.of(seenAt),
          record.checksumHolds(),
          record.detail(),
          record.pack().toBytes());
    }
  }

  @Override
  public void remove(PackId pack, Collection<Long> positions) {
    for (long position : positions) {
      session.update(
          "DELETE FROM damaged WHERE pack = ? AND position = ?", pack.toBytes(), position);
    }
  }

  @Override
  public void recount() {
    session.update(
        "INSERT INTO namespace_total (namespace, assets, content_bytes)"
            + " SELECT n.number, count(a.id), coalesce(sum(a.size), 0) FROM namespace n"
            + " LEFT JOIN asset a ON a.namespace = n.number WHERE true GROUP BY n.number"
            + " ON CONFLICT (namespace) DO UPDATE SET"
            + " assets = excluded.assets, content_bytes = excluded.content_bytes");
    session.update(
        "UPDATE counter SET value = max(value, coalesce((SELECT max(sequence) FROM event), 0))"
            + " WHERE name = 'event'");
    new NameMarks(session).restore();
    AssociationSource.recount(session);
  }
}

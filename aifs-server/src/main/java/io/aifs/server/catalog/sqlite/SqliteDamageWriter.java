package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.DamageWriter;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.Collection;

/** Changes table {@code damaged}, and counts what other tables hold. */
final class SqliteDamageWriter extends SqliteDamageReader implements DamageWriter {
  private static final String NAMED =
      "WITH named AS (SELECT b.namespace AS namespace, e.asset AS id, count(*) AS paths"
          + " FROM tree_entry e JOIN branch b ON b.number = e.branch"
          + " WHERE e.asset >= ? AND e.asset < ? GROUP BY b.namespace, e.asset)";

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
    long entries =
        session.first("SELECT count(*) FROM tree_entry", row -> row.integer(1)).orElse(0L);
    for (IdRange range : IdRange.split(entries)) {
      recountPaths("asset", range);
      recountPaths("tombstone", range);
    }
  }

  private void recountPaths(String table, IdRange range) {
    session.update(
        NAMED
            + " UPDATE "
            + table
            + " SET path_count = c.paths FROM (SELECT t.namespace AS space, t.id AS asset,"
            + " coalesce(n.paths, 0) AS paths FROM "
            + table
            + " t LEFT JOIN named n ON n.namespace = t.namespace AND n.id = t.id"
            + " WHERE t.id >= ? AND t.id < ? AND t.path_count <> coalesce(n.paths, 0)) c"
            + " WHERE namespace = c.space AND id = c.asset",
        range.first(),
        range.end(),
        range.first(),
        range.end());
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.CollectionReader;
import io.aifs.server.catalog.CollectionRun;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.catalog.CondemnedTotals;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs, condemned records, orphans. */
class SqliteCollectionReader implements CollectionReader {
  final Session session;

  SqliteCollectionReader(Session session) {
    this.session = session;
  }

  @Override
  public List<CollectionRun> runs(DomainId domain) {
    return session.list(
        "SELECT number, sequence, condemned_at, delete_after, finished FROM collection_run"
            + " WHERE domain = ? ORDER BY number",
        row ->
            new CollectionRun(
                row.integer(1),
                domain,
                row.integer(2),
                Nanos.instant(row.integer(3)),
                Nanos.instant(row.integer(4)),
                row.flag(5)),
        domain.toBytes());
  }

  @Override
  public List<CondemnedPack> condemned(PackId pack) {
    return session.list(
        "SELECT run, bytes, offsets FROM condemned WHERE pack = ? ORDER BY run",
        row ->
            new CondemnedPack(
                pack, row.integer(1), row.integer(2), OffsetCodec.decode(row.blob(3))),
        pack.toBytes());
  }

  @Override
  public List<CondemnedPack> condemnedBy(long run, Optional<PackId> after, int limit) {
    return session.list(
        "SELECT pack, bytes, offsets FROM condemned WHERE run = ? AND pack > ? ORDER BY pack LIMIT"
            + " ?",
        row ->
            new CondemnedPack(
                PackId.fromBytes(row.blob(1)),
                run,
                row.integer(2),
                OffsetCodec.decode(row.blob(3))),
        run,
        after.map(PackId::toBytes).orElse(new byte[0]),
        Page.limit(limit));
  }

  @Override
  public CondemnedTotals totals() {
    return session
        .first(
            "SELECT coalesce(sum(c.bytes), 0), max(r.delete_after) FROM condemned c"
                + " JOIN collection_run r ON r.number = c.run",
            row ->
                new CondemnedTotals(
                    row.integer(1),
                    row.integer(1) == 0
                        ? Optional.empty()
                        : Optional.of(Nanos.instant(row.integer(2)))))
        .orElseThrow();
  }

  @Override
  public Map<PackId, Instant> orphans() {
    Map<PackId, Instant> orphans = new TreeMap<>();
    session.each(
        "SELECT pack, seen_at FROM orphan",
        row -> {
          orphans.put(PackId.fromBytes(row.blob(1)), Nanos.instant(row.integer(2)));
          return true;
        });
    return orphans;
  }
}

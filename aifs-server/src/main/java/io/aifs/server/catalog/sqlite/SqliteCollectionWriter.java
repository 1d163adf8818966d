package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.CollectionWriter;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Changes runs, condemned records, orphans. */
final class SqliteCollectionWriter extends SqliteCollectionReader implements CollectionWriter {
  SqliteCollectionWriter(Session session) {
    super(session);
  }

  @Override
  public long begin(DomainId domain, long sequence, Instant condemnedAt, Instant deleteAfter) {
    return session
        .first(
            "INSERT INTO collection_run (domain, sequence, condemned_at, delete_after, finished)"
                + " VALUES (?, ?, ?, ?, 0) RETURNING number",
            row -> row.integer(1),
            domain.toBytes(),
            sequence,
            Nanos.of(condemnedAt),
            Nanos.of(deleteAfter))
        .orElseThrow();
  }

  @Override
  public void condemn(CondemnedPack condemned) {
    byte[] pack = condemned.pack().toBytes();
    if (condemned.offsets().length == 0) {
      session.update("DELETE FROM condemned WHERE pack = ? AND run = ?", pack, condemned.run());
      return;
    }
    session.update(
        "INSERT INTO condemned (pack, run, bytes, offsets) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (pack, run) DO UPDATE SET bytes = excluded.bytes,"
            + " offsets = excluded.offsets",
        pack,
        condemned.run(),
        condemned.bytes(),
        OffsetCodec.encode(condemned.offsets()));
  }

  @Override
  public void forgetPacks(Collection<PackId> packs) {
    for (PackId pack : packs) {
      session.update("DELETE FROM condemned WHERE pack = ?", pack.toBytes());
    }
  }

  @Override
  public void finish(long run) {
    if (session.exists("SELECT 1 FROM condemned WHERE run = ? LIMIT 1", run)) {
      session.update("UPDATE collection_run SET finished = 1 WHERE number = ?", run);
    } else {
      session.update("DELETE FROM collection_run WHERE number = ?", run);
    }
  }

  @Override
  public void undo(long run) {
    session.update("DELETE FROM condemned WHERE run = ?", run);
    session.update("DELETE FROM collection_run WHERE number = ?", run);
  }

  @Override
  public void setOrphans(Collection<PackId> packs, Instant now) {
    Set<PackId> orphans = Set.copyOf(packs);
    for (PackId known : orphans().keySet()) {
      if (!orphans.contains(known)) {
        session.update("DELETE FROM orphan WHERE pack = ?", known.toBytes());
      }
    }
    for (PackId orphan : orphans) {
      session.update(
          "INSERT INTO orphan (pack, seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
          orphan.toBytes(),
          Nanos.of(now));
    }
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.catalog.StagedTransaction.State;
import io.aifs.server.catalog.StagingWriter;
import java.time.Instant;
import java.util.Collection;

/** Changes tables {@code staged_transaction}, {@code staged_step} and {@code staged_asset}. */
final class SqliteStagingWriter extends SqliteStagingReader implements StagingWriter {
  SqliteStagingWriter(Session session) {
    super(session);
  }

  @Override
  public void begin(StagedTransaction transaction) {
    long added =
        session.update(
            "INSERT INTO staged_transaction (id, namespace, owner, state, begun_at, lease,"
                + " expires_at, ended_at, steps, entries, bytes, version, dropped)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
            transaction.id().toBytes(),
            transaction.namespace(),
            transaction.owner(),
            State.OPEN.code(),
            Nanos.of(transaction.begunAt()),
            transaction.lease().toNanos(),
            Nanos.of(transaction.expiresAt()));
    require(added, transaction.id(), "is there already");
  }

  @Override
  public long append(TransactionId id, byte[] body, long entries, Collection<Digest> assets) {
    long changed =
        session.update(
            "UPDATE staged_transaction SET steps = steps + 1, entries = entries + ?,"
                + " bytes = bytes + ? WHERE id = ? AND state = ?",
            entries,
            body.length,
            id.toBytes(),
            State.OPEN.code());
    require(changed, id, "is not open");
    long number =
        session
            .first(
                "SELECT steps FROM staged_transaction WHERE id = ?",
                row -> row.integer(1),
                (Object) id.toBytes())
            .orElseThrow();
    session.update(
        "INSERT INTO staged_step (txn, number, body) VALUES (?, ?, ?)", id.toBytes(), number, body);
    for (Digest asset : assets) {
      session.update(
          "INSERT INTO staged_asset (txn, id) VALUES (?, ?) ON CONFLICT DO NOTHING",
          id.toBytes(),
          asset.toBytes());
    }
    return number;
  }

  @Override
  public void renew(TransactionId id, Instant expiresAt) {
    session.update(
        "UPDATE staged_transaction SET expires_at = ? WHERE id = ? AND state = ?",
        Nanos.of(expiresAt),
        id.toBytes(),
        State.OPEN.code());
  }

  @Override
  public void end(TransactionId id, State state, Instant at, long version) {
    long ended =
        session.update(
            "UPDATE staged_transaction SET state = ?, ended_at = ?, version = ?"
                + " WHERE id = ? AND state = ?",
            state.code(),
            Nanos.of(at),
            version,
            id.toBytes(),
            State.OPEN.code());
    require(ended, id, "is not open");
  }

  @Override
  public long endAll(Instant at) {
    return session.update(
        "UPDATE staged_transaction SET state = ?, ended_at = ? WHERE state = ?",
        State.LOST.code(),
        Nanos.of(at),
        State.OPEN.code());
  }

  @Override
  public boolean drop(TransactionId id, int limit) {
    long steps =
        session.update(
            "DELETE FROM staged_step WHERE rowid IN"
                + " (SELECT rowid FROM staged_step WHERE txn = ? LIMIT ?)",
            id.toBytes(),
            Page.limit(limit));
    long assets =
        session.update(
            "DELETE FROM staged_asset WHERE (txn, id) IN"
                + " (SELECT txn, id FROM staged_asset WHERE txn = ? LIMIT ?)",
            id.toBytes(),
            Page.limit(limit));
    boolean all = steps < limit && assets < limit;
    if (all) {
      session.update(
          "UPDATE staged_transaction SET dropped = 1 WHERE id = ?", (Object) id.toBytes());
    }
    return all;
  }

  @Override
  public long forget(Instant before, int limit) {
    return session.update(
        "DELETE FROM staged_transaction WHERE id IN (SELECT id FROM staged_transaction"
            + " WHERE state <> 0 AND ended_at < ? AND dropped = 1 LIMIT ?)",
        Nanos.ofNearest(before),
        Page.limit(limit));
  }

  private static void require(long changed, TransactionId id, String otherwise) {
    if (changed != 1) {
      throw new IllegalStateException("transaction " + id + " " + otherwise);
    }
  }
}

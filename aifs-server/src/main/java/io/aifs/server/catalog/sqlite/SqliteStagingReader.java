package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.StagedRow;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.catalog.StagingReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tables {@code staged_transaction}, {@code staged_step} and {@code staged_asset}. */
class SqliteStagingReader implements StagingReader {
  private static final String COLUMNS =
      "SELECT id, namespace, owner, state, begun_at, lease, expires_at, ended_at, steps, entries,"
          + " bytes, version FROM staged_transaction";

  final Session session;

  SqliteStagingReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<StagedTransaction> find(TransactionId id) {
    return session.first(
        COLUMNS + " WHERE id = ?", SqliteStagingReader::transaction, (Object) id.toBytes());
  }

  @Override
  public List<StagedTransaction> list(
      long namespace, String owner, Optional<TransactionId> after, int limit) {
    return session.list(
        COLUMNS + " WHERE namespace = ? AND owner = ? AND id > ? ORDER BY id LIMIT ?",
        SqliteStagingReader::transaction,
        namespace,
        owner,
        after.map(TransactionId::toBytes).orElse(new byte[0]),
        Page.limit(limit));
  }

  @Override
  public List<StagedTransaction> expiring(Instant now, int limit) {
    return session.list(
        COLUMNS + " WHERE state = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?",
        SqliteStagingReader::transaction,
        Nanos.ofNearest(now),
        Page.limit(limit));
  }

  @Override
  public long openCount() {
    return session
        .first("SELECT count(*) FROM staged_transaction WHERE state = 0", row -> row.integer(1))
        .orElse(0L);
  }

  @Override
  public List<StagedRow> steps(TransactionId id, long after, long bytesMax) {
    List<StagedRow> found = new ArrayList<>();
    long[] bytes = {0};
    session.each(
        "SELECT number, body FROM staged_step WHERE txn = ? AND number > ? ORDER BY number",
        row -> {
          byte[] body = row.blob(2);
          bytes[0] += body.length;
          if (found.isEmpty() || bytes[0] <= bytesMax) {
            found.add(new StagedRow(row.integer(1), body));
          }
          return bytes[0] < bytesMax;
        },
        id.toBytes(),
        after);
    return found;
  }

  @Override
  public Optional<TransactionId> leftOver() {
    return session.first(
        "SELECT id FROM staged_transaction WHERE state <> 0 AND dropped = 0 LIMIT 1",
        row -> TransactionId.fromBytes(row.blob(1)));
  }

  @Override
  public Set<Digest> stagedAmong(TransactionId id, Collection<Digest> assets) {
    Set<Digest> staged = new HashSet<>();
    for (Digest asset : assets) {
      if (session.exists(
          "SELECT 1 FROM staged_asset WHERE txn = ? AND id = ?", id.toBytes(), asset.toBytes())) {
        staged.add(asset);
      }
    }
    return staged;
  }

  private static StagedTransaction transaction(Row row) throws SQLException {
    StagedTransaction.State state = StagedTransaction.State.ofCode(row.integer(4));
    return new StagedTransaction(
        TransactionId.fromBytes(row.blob(1)),
        row.integer(2),
        row.text(3),
        state,
        Nanos.instant(row.integer(5)),
        Duration.ofNanos(row.integer(6)),
        Nanos.instant(row.integer(7)),
        state == StagedTransaction.State.OPEN
            ? Optional.empty()
            : Optional.of(Nanos.instant(row.integer(8))),
        row.integer(9),
        row.integer(10),
        row.integer(11),
        row.integer(12));
  }
}

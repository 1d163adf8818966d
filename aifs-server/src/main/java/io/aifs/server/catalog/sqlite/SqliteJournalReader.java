package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CheckpointMark;
import io.aifs.server.catalog.JournalReader;
import io.aifs.server.catalog.PendingTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transactions that the journal's packs may not hold yet. */
class SqliteJournalReader implements JournalReader {
  final Session session;

  SqliteJournalReader(Session session) {
    this.session = session;
  }

  @Override
  public long newest() {
    return session
        .first("SELECT value FROM counter WHERE name = 'journal'", row -> row.integer(1))
        .orElse(0L);
  }

  @Override
  public List<PendingTransaction> pendingAfter(long sequence, long bytesMax) {
    List<PendingTransaction> found = new ArrayList<>();
    long[] bytes = new long[1];
    session.each(
        "SELECT sequence, payload FROM journal_pending WHERE sequence > ? ORDER BY sequence",
        row -> {
          byte[] payload = row.blob(2);
          bytes[0] += payload.length;
          boolean wanted = found.isEmpty() || bytes[0] <= bytesMax;
          if (wanted) {
            found.add(new PendingTransaction(row.integer(1), payload));
          }
          return wanted;
        },
        sequence);
    return found;
  }

  @Override
  public long pendingBytesAfter(long sequence) {
    return session
        .first(
            "SELECT coalesce(sum(length(payload)), 0) FROM journal_pending WHERE sequence > ?",
            row -> row.integer(1),
            sequence)
        .orElse(0L);
  }

  @Override
  public long forgotten() {
    return session.first("SELECT forgotten FROM journal_state", row -> row.integer(1)).orElse(0L);
  }

  @Override
  public Optional<CheckpointMark> checkpoint() {
    return session.first(
        "SELECT checkpoint, checkpoint_bytes FROM journal_state WHERE checkpoint IS NOT NULL",
        row -> new CheckpointMark(row.integer(1), row.integer(2)));
  }
}

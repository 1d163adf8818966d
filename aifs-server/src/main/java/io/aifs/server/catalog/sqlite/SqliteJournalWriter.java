package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.CheckpointMark;
import io.aifs.server.catalog.JournalWriter;
import io.aifs.server.catalog.TreePart;

/** Changes what is pending. The sequence is a counter like that of events. */
final class SqliteJournalWriter extends SqliteJournalReader implements JournalWriter {
  SqliteJournalWriter(Session session) {
    super(session);
  }

  @Override
  public long append(byte[] payload) {
    long sequence = newest() + 1;
    session.update(
        "INSERT INTO journal_pending (sequence, payload) VALUES (?, ?)", sequence, payload);
    raise("journal", sequence);
    return sequence;
  }

  @Override
  public void forget(long sequence) {
    session.update("DELETE FROM journal_pending WHERE sequence <= ?", sequence);
    session.update("UPDATE journal_state SET forgotten = max(forgotten, ?)", sequence);
  }

  @Override
  public void checkpointed(CheckpointMark mark) {
    session.update(
        "UPDATE journal_state SET checkpoint = ?, checkpoint_bytes = ?",
        mark.sequence(),
        mark.storedBytes());
  }

  @Override
  public void restoreSequence(long newest) {
    raise("journal", newest);
    forget(newest);
  }

  @Override
  public void restoreEvents(long newest) {
    raise("event", newest);
  }

  @Override
  public void restoreNamespaces(long newest) {
    // SQLite's own table of the numbers that AUTOINCREMENT gave out.
    if (!session.exists("SELECT 1 FROM sqlite_sequence WHERE name = 'namespace'")) {
      session.update("INSERT INTO sqlite_sequence (name, seq) VALUES ('namespace', 0)");
    }
    session.update(
        "UPDATE sqlite_sequence SET seq = ? WHERE name = 'namespace' AND seq < ?", newest, newest);
  }

  @Override
  public void restoreFreeze(long namespace, Name branch, TreePart part) {
    new SqliteWorkingWriter(session).freezeAnyway(namespace, branch, part);
  }

  @Override
  public void restoreFold(long namespace, Name branch, TreePart part, TreeRoot root) {
    new SqliteWorkingWriter(session).foldAnyway(namespace, branch, part, root);
  }

  private void raise(String counter, long least) {
    session.update(
        "UPDATE counter SET value = ? WHERE name = ? AND value < ?", least, counter, least);
  }
}

package io.aifs.server.catalog;

/** Changes the outbox of the journal. None of this is itself journaled. */
public interface JournalWriter extends JournalReader {
  /** Adds what this transaction does under the next sequence, which is returned. */
  long append(byte[] payload);

  /** Drops what the ledger's journal packs hold: everything up to {@code sequence}. */
  void forget(long sequence);

  /** Says which checkpoint is the newest now. */
  void checkpointed(CheckpointMark mark);

  /** For a rebuild: sequences of transactions go on after this one; never back. */
  void restoreSequence(long newest);

  /** For a rebuild: sequences of events go on after this one; never back. */
  void restoreEvents(long newest);

  /** For a rebuild: numbers of namespaces go on after this one; never back. */
  void restoreNamespaces(long newest);
}

package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;

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

  /**
   * For a rebuild: the overlay that takes changes is frozen, whatever is in it and whatever was
   * frozen before. Of layers that are only numbered otherwise, and after records that are lost,
   * what follows is then right again.
   */
  void restoreFreeze(long namespace, Name branch, TreePart part);

  /** For a rebuild: {@code root} is what the frozen overlay and the tree below it came to. */
  void restoreFold(long namespace, Name branch, TreePart part, TreeRoot root);
}

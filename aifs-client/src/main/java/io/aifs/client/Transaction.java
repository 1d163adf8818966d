package io.aifs.client;

import io.aifs.core.model.TransactionId;
import java.util.List;

/**
 * An open transaction. It is renewed in the background until it is committed, aborted or closed,
 * but lasts no longer than a day. Thread-safe; a commit has what calls staged that returned before.
 */
public interface Transaction extends AutoCloseable {
  TransactionId id();

  /**
   * The same connection, whose puts, removals and moves become part of this transaction: they
   * change nothing that anybody sees, reads of this client included, and answer with version 0.
   * Everything else it does is done at once. Not to be closed.
   */
  AifsClient client();

  /**
   * Adds steps behind those that are staged, all or none.
   *
   * @throws io.aifs.core.AifsException.Precondition if it has ended
   */
  void stage(List<TransactionStep> steps);

  /**
   * Makes everything staged visible at one instant; a repeat gives the same. If a step cannot be
   * done any more nothing is, the failure names it, and the transaction stays open.
   *
   * @return the version that shows it
   * @throws io.aifs.core.AifsException.Conflict if a branch was moved meanwhile: says who moved it
   */
  long commit();

  /** Ends it without a trace. */
  void abort();

  /** Aborts it, unless it is committed or aborted. Does not throw. */
  @Override
  void close();
}

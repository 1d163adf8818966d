package io.aifs.client;

import io.aifs.core.model.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many changes of the namespace that become visible at one instant, or never. A transaction is
 * there for the token that began it only. It ends with its server's process. Thread-safe.
 */
public interface Transactions {
  /** Begins one with the server's lease, which is 10 minutes. */
  Transaction begin();

  /**
   * Begins one.
   *
   * @param lease after so long without use or renewal it ends; 1 second to 24 hours
   */
  Transaction begin(Duration lease);

  /**
   * Begins one that is used elsewhere: nobody renews or ends it here.
   *
   * @param lease zero for the server's; else as for {@link #begin(Duration)}
   */
  TransactionSummary start(Duration lease);

  /** One that was begun elsewhere: closing it leaves it open, and nobody renews it here. */
  Transaction join(TransactionId id);

  /**
   * What is known of one, for a day after its end too.
   *
   * @throws io.aifs.core.AifsException.NotFound if it is not there for this token
   */
  TransactionSummary get(TransactionId id);

  /** Those of this token, in the order they began; ended ones too, for a day. */
  Stream<TransactionSummary> list();

  /**
   * Does steps at one instant in one round trip, all or none; returns the version that shows them.
   */
  long apply(List<TransactionStep> steps);
}

package io.aifs.server.engine.transaction;

import io.aifs.server.engine.jobs.Cancellation;
import io.aifs.server.engine.jobs.JobWork;
import java.time.Duration;

/** Ends transactions that nobody uses any more, so that collection need not wait for them. */
public final class ExpiryJob implements JobWork {
  /** How often. */
  public static final Duration TURN = Duration.ofSeconds(30);

  private final TransactionService transactions;

  public ExpiryJob(TransactionService transactions) {
    this.transactions = transactions;
  }

  @Override
  public String run(Cancellation cancellation) {
    int ended = transactions.expire();
    return ended == 0 ? "none has expired" : ended + " transactions expired";
  }
}

package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.core.AifsException;
import io.aifs.core.model.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One transaction, begun here or joined. */
final class GrpcTransaction implements Transaction {
  private static final System.Logger LOG = System.getLogger(GrpcTransaction.class.getName());

  private final GrpcTransactions transactions;
  private final TransactionId id;
  private final AifsClient client;
  private final Optional<LeaseKeeper> keeper;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param keeper renews it; empty if it was begun elsewhere
   */
  GrpcTransaction(
      GrpcTransactions transactions,
      TransactionId id,
      AifsClient client,
      Optional<LeaseKeeper> keeper) {
    this.transactions = transactions;
    this.id = id;
    this.client = client;
    this.keeper = keeper;
  }

  @Override
  public TransactionId id() {
    return id;
  }

  @Override
  public AifsClient client() {
    return client;
  }

  @Override
  public void stage(List<TransactionStep> steps) {
    transactions.stage(id, steps);
  }

  @Override
  public long commit() {
    long version = transactions.commit(id);
    end();
    return version;
  }

  @Override
  public void abort() {
    transactions.abort(id);
    end();
  }

  private void end() {
    ended.set(true);
    keeper.ifPresent(LeaseKeeper::close);
  }

  @Override
  public void close() {
    keeper.ifPresent(LeaseKeeper::close);
    if (keeper.isPresent() && !ended.getAndSet(true)) {
      try {
        transactions.abort(id);
      } catch (AifsException e) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "transaction " + id + " ends with its lease: " + e.getMessage());
      }
    }
  }

  @Override
  public String toString() {
    return "Transaction[" + id + "]";
  }
}

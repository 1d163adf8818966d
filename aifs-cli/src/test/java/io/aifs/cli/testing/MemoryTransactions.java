package io.aifs.cli.testing;

import io.aifs.client.AifsClient;
import io.aifs.client.Lineage;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.client.TransactionSummary;
import io.aifs.client.TransactionSummary.State;
import io.aifs.client.Transactions;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Transactions of a store in memory: what is staged is work that is done by the commit. */
final class MemoryTransactions implements Transactions {
  private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");

  private final MemoryClient client;
  private final Map<TransactionId, One> all;

  MemoryTransactions(MemoryClient client, Map<TransactionId, One> all) {
    this.client = client;
    this.all = all;
  }

  /** One transaction. */
  static final class One {
    private final TransactionId id;
    private final Duration lease;
    private final List<Runnable> work = new ArrayList<>();
    private State state = State.OPEN;

    private One(TransactionId id, Duration lease) {
      this.id = id;
      this.lease = lease;
    }

    void add(Runnable step) {
      requireOpen();
      work.add(step);
    }

    private void requireOpen() {
      if (state != State.OPEN) {
        throw new AifsException.Precondition(
            Reason.TRANSACTION_ENDED, "transaction " + id + " has ended", "begin another");
      }
    }

    private TransactionSummary summary() {
      return new TransactionSummary(
          id,
          state,
          BEGUN,
          lease,
          BEGUN.plus(lease),
          state == State.OPEN ? Optional.empty() : Optional.of(BEGUN),
          work.size(),
          work.size(),
          0,
          state == State.COMMITTED ? 7 : 0);
    }
  }

  static Map<TransactionId, One> none() {
    return new TreeMap<>();
  }

  @Override
  public Transaction begin() {
    return join(start(Duration.ZERO).id());
  }

  @Override
  public Transaction begin(Duration lease) {
    return join(start(lease).id());
  }

  @Override
  public TransactionSummary start(Duration lease) {
    byte[] random = new byte[10];
    random[9] = (byte) (8 * all.size());
    One begun =
        new One(TransactionId.of(BEGUN, random), lease.isZero() ? Duration.ofMinutes(10) : lease);
    all.put(begun.id, begun);
    return begun.summary();
  }

  private One require(TransactionId id) {
    One found = all.get(id);
    if (found == null) {
      throw new AifsException.NotFound(
          Reason.TRANSACTION_NOT_FOUND, "there is no transaction " + id, "begin one");
    }
    return found;
  }

  @Override
  public Transaction join(TransactionId id) {
    return new Joined(id);
  }

  @Override
  public TransactionSummary get(TransactionId id) {
    return require(id).summary();
  }

  @Override
  public Stream<TransactionSummary> list() {
    return all.values().stream().map(One::summary);
  }

  @Override
  public long apply(List<TransactionStep> steps) {
    steps.forEach(step -> work(step).run());
    return 7;
  }

  private Runnable work(TransactionStep step) {
    return switch (step) {
      case TransactionStep.MoveBranch move ->
          () -> {
            var _ = client.refs().moveBranch(move.name(), move.to(), move.expected(), false, "");
          };
      case TransactionStep.MakeTag make ->
          () -> {
            var _ = client.refs().makeTag(make.name(), make.at(), make.metadata());
          };
      case TransactionStep.AddParents add ->
          () -> {
            var _ =
                client
                    .lineage()
                    .addParents(
                        add.children().entrySet().stream()
                            .map(child -> new Lineage.NewParents(child.getKey(), child.getValue()))
                            .toList());
          };
      default -> throw new UnsupportedOperationException("no command stages " + step);
    };
  }

  private final class Joined implements Transaction {
    private final TransactionId id;

    private Joined(TransactionId id) {
      this.id = id;
    }

    @Override
    public TransactionId id() {
      return id;
    }

    @Override
    public AifsClient client() {
      return client.within(require(id));
    }

    @Override
    public void stage(List<TransactionStep> steps) {
      steps.forEach(step -> require(id).add(work(step)));
    }

    @Override
    public long commit() {
      One one = require(id);
      one.requireOpen();
      one.work.forEach(Runnable::run);
      one.state = State.COMMITTED;
      return 7;
    }

    @Override
    public void abort() {
      require(id).state = State.ABORTED;
    }

    @Override
    public void close() {
      // begun elsewhere
    }
  }
}

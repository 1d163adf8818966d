package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.StagedRow;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.catalog.StagedTransaction.State;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.Folder;
import io.aifs.server.engine.Instants;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.PutTarget;
import io.aifs.server.engine.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Transactions: begun, filled, committed or aborted. Of an open one nothing is visible to anybody;
 * its commit is one catalog write. Thread-safe.
 */
public final class TransactionService {
  /** How long a transaction lasts that nobody uses, unless its owner says otherwise. */
  public static final Duration LEASE = Duration.ofSeconds(Limits.TRANSACTION_LEASE_SECONDS);

  private static final Duration LEASE_MAX =
      Duration.ofSeconds(Limits.TRANSACTION_LEASE_SECONDS_MAX);

  /** Ended transactions are known for so long. */
  private static final Duration KEPT = Duration.ofHours(24);

  private static final int RANDOM_BYTES = 10;

  /** Staged bytes that a commit holds in memory at a time. */
  private static final long PAGE_BYTES = 1 << 20;

  private static final int FORGOTTEN_AT_A_TIME = 64;
  private static final System.Logger LOG = System.getLogger(TransactionService.class.getName());

  private final Catalog catalog;
  private final StepStorage storage;
  private final Pins pins;
  private final Folder folder;
  private final AssetRules rules;
  private final LeftOverSteps leftOver;
  private final Clock clock;
  private final RandomBytes random;
  private final OpenTransactions open = new OpenTransactions();

  /**
   * Call {@link #start} before anything is begun.
   *
   * @param folder told of what commits change
   * @param rules what may be put
   * @param workers remove what is left of large transactions
   */
  public TransactionService(
      Catalog catalog,
      StepStorage storage,
      Pins pins,
      Folder folder,
      AssetRules rules,
      Executor workers,
      Clock clock,
      RandomBytes random) {
    this.catalog = catalog;
    this.storage = storage;
    this.pins = pins;
    this.folder = folder;
    this.rules = rules;
    this.leftOver = new LeftOverSteps(catalog, workers);
    this.clock = clock;
    this.random = random;
  }

  /** Ends what was open when the process before this one ended: its pins went with it. */
  public void start() {
    Instant now = clock.instant();
    boolean any =
        catalog.read(
            reader -> reader.staging().openCount() > 0 || reader.staging().leftOver().isPresent());
    if (any) {
      long lost = catalog.write(writer -> writer.staging().endAll(now));
      LOG.log(System.Logger.Level.DEBUG, lost + " transactions were open and are ended");
      leftOver.drop();
    }
  }

  /**
   * Begins a transaction.
   *
   * @param lease after so long without use it ends; each use puts that off
   * @throws AifsException.InvalidRequest if the lease is none, or too long
   * @throws AifsException.LimitExceeded if too many are open
   */
  public StagedTransaction begin(
      NamespaceRow namespace, String owner, Duration lease, Optional<WriteRequest> request) {
    requireLease(lease);
    var _ = expire();
    Instant now = clock.instant();
    TransactionId id = TransactionId.of(now, random.next(RANDOM_BYTES));
    TransactionKey key = new TransactionKey(namespace, owner, id);
    StagedTransaction begun =
        StagedTransaction.begun(id, namespace.number(), owner, now, lease, now.plus(lease));
    open.begin(id, pins.open());
    boolean used = false;
    try {
      StagedTransaction done =
          catalog.write(
              writer ->
                  WriteRequest.once(
                      request,
                      writer,
                      now,
                      one -> one.id().toString(),
                      line -> find(writer, withId(key, line)),
                      () -> begin(writer, begun, now)));
      used = done.id().equals(id);
      return done;
    } finally {
      if (!used) {
        open.end(id);
      }
    }
  }

  private static TransactionKey withId(TransactionKey key, String id) {
    return new TransactionKey(key.namespace(), key.owner(), TransactionId.parse(id));
  }

  private static StagedTransaction begin(
      CatalogWriter writer, StagedTransaction begun, Instant now) {
    if (writer.staging().openCount() >= Limits.TRANSACTIONS_OPEN_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          Limits.TRANSACTIONS_OPEN_MAX + " transactions are open, and no more may be",
          "commit or abort those that are done; 'aifs tx list' shows yours");
    }
    writer.staging().forget(now.minus(KEPT), FORGOTTEN_AT_A_TIME);
    writer.staging().begin(begun);
    return begun;
  }

  private static void requireLease(Duration lease) {
    if (lease.compareTo(LEASE_MAX) > 0 || !lease.isPositive()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "lease_seconds",
          "the lease is not 1 second to " + LEASE_MAX.toHours() + " hours",
          "leave it out for " + LEASE.toMinutes() + " minutes, and renew it");
    }
  }

  /**
   * Where one put goes so that it is part of a transaction. Until it is closed the lease does not
   * end.
   */
  public PutTarget puts(TransactionKey key) {
    return new StagedPuts(this, open, key);
  }

  /**
   * Adds steps behind those that are staged, all or none.
   *
   * @throws AifsException.NotFound if there is no such transaction, or a step names what neither is
   *     there nor staged
   * @throws AifsException.Precondition if it has ended, or a step names a parent that is not there
   * @throws AifsException.LimitExceeded if it would become too large
   */
  public StageResult stage(
      TransactionKey key, List<StepOrder> orders, Optional<WriteRequest> request) {
    return stage(key, orders, true, request);
  }

  /** The same; {@code readsAll} as of {@link #commit(TransactionKey, boolean)}. */
  public StageResult stage(
      TransactionKey key,
      List<StepOrder> orders,
      boolean readsAll,
      Optional<WriteRequest> request) {
    try (PutTarget target = puts(key)) {
      var _ =
          catalog.<Boolean>read(
              reader -> {
                target.requireOpen(reader);
                return true;
              });
      StoredSteps stored = storage.store(key.namespace(), orders, readsAll);
      Instant now = clock.instant();
      StagedTransaction after =
          catalog.write(
              writer -> {
                writer.ledger().commit(stored.packs(), List.of());
                target.requireOpen(writer);
                return WriteRequest.once(
                    request,
                    writer,
                    now,
                    _ -> "staged",
                    _ -> find(writer, key),
                    () -> {
                      stored.steps().forEach(step -> add(writer, key, step, now));
                      return find(writer, key);
                    });
              });
      stored.recorded();
      return new StageResult(after, stored.ids());
    }
  }

  /** Adds a step, in a write that has found the transaction open. */
  void add(CatalogWriter writer, TransactionKey key, StagedStep step, Instant now) {
    StagedTransaction transaction = find(writer, key);
    byte[] body = StagedStepCodec.encode(step);
    StagingRules.requireRoom(transaction, step.entries(), body.length);
    try {
      StagingRules.requireNamed(writer, key, step);
    } catch (AifsException e) {
      throw StepFailure.at(transaction.steps() + 1, step, e);
    }
    var _ = writer.staging().append(key.id(), body, step.entries(), StagingRules.assetsOf(step));
    writer.staging().renew(key.id(), expiry(transaction, now));
  }

  /** Never later than a day after it began: collection waits for it. */
  private static Instant expiry(StagedTransaction transaction, Instant now) {
    Instant latest = transaction.begunAt().plus(LEASE_MAX);
    Instant leased = now.plus(transaction.lease());
    return leased.isAfter(latest) ? latest : leased;
  }

  /**
   * Puts off the end of a transaction.
   *
   * @throws AifsException.NotFound if there is no such transaction
   * @throws AifsException.Precondition if it has ended
   */
  public StagedTransaction renew(TransactionKey key) {
    Instant now = clock.instant();
    return catalog.write(
        writer -> {
          StagedTransaction transaction = requireOpen(writer, key);
          writer.staging().renew(key.id(), expiry(transaction, now));
          return find(writer, key);
        });
  }

  /**
   * What a commit did.
   *
   * @param version that shows all of it, and no earlier one any of it
   */
  public record Committed(long version, long steps) {}

  private record Applied(Committed outcome, Map<Name, Long> rows) {}

  /**
   * Makes everything staged visible at one instant, in the order of staging, or nothing. If a step
   * cannot be done any more the transaction stays as it was: open. Committing it again gives the
   * first outcome, for a day.
   *
   * @throws AifsException.NotFound if there is no such transaction
   * @throws AifsException.Precondition if it has ended otherwise
   * @throws AifsException whatever forbids a step, naming it; of a ref that was moved meanwhile a
   *     {@link AifsException.Conflict}, saying who moved it
   */
  public Committed commit(TransactionKey key) {
    return commit(key, true);
  }

  /**
   * The same.
   *
   * @param readsAll whether the caller may read all of the namespace; else no failure of a put
   *     tells it what is there, but for paths
   */
  public Committed commit(TransactionKey key, boolean readsAll) {
    Instant now = clock.instant();
    Applied applied = catalog.write(writer -> commit(writer, key, !readsAll, now));
    open.end(key.id());
    told(key.namespace(), applied.rows());
    leftOver.dropLater();
    return applied.outcome();
  }

  private Applied commit(CatalogWriter writer, TransactionKey key, boolean discreet, Instant now) {
    Optional<Committed> before = outcome(writer, key);
    if (before.isPresent()) {
      return new Applied(before.get(), Map.of());
    }
    StagedTransaction transaction = requireOpen(writer, key);
    StepRun run = new StepRun(writer, key.namespace(), rules, discreet, now);
    List<StagedRow> page = writer.staging().steps(key.id(), 0, PAGE_BYTES);
    while (!page.isEmpty()) {
      for (StagedRow row : page) {
        run.apply(row.number(), StagedStepCodec.decode(row.body()));
      }
      page = writer.staging().steps(key.id(), page.getLast().number(), PAGE_BYTES);
    }
    Committed committed = new Committed(writer.events().newest(), transaction.steps());
    end(writer, key.id(), State.COMMITTED, now, committed.version());
    writer.keepRequest(
        key.outcome(),
        new KeptRequest(
            digest(key.id()),
            committed.version() + " " + committed.steps(),
            Instants.toMicros(now)),
        Instants.toMicros(now.minus(KEPT)));
    return new Applied(committed, run.rows());
  }

  private static Digest digest(TransactionId id) {
    return Digest.of(id.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<Committed> outcome(CatalogReader reader, TransactionKey key) {
    return reader
        .findRequest(key.outcome())
        .map(
            kept -> {
              String[] parts = kept.outcome().split(" ", -1);
              return new Committed(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            });
  }

  private static void end(
      CatalogWriter writer, TransactionId id, State state, Instant now, long version) {
    writer.staging().end(id, state, now, version);
    LeftOverSteps.dropSome(writer, id);
  }

  /**
   * Ends a transaction without a trace. One that was aborted stays so.
   *
   * @throws AifsException.NotFound if there is no such transaction
   * @throws AifsException.Precondition if it was committed
   */
  public StagedTransaction abort(TransactionKey key) {
    Instant now = clock.instant();
    StagedTransaction ended =
        catalog.write(
            writer -> {
              StagedTransaction transaction = find(writer, key);
              if (transaction.state() == State.COMMITTED) {
                throw StagingRules.ended(transaction);
              }
              if (transaction.state() == State.OPEN) {
                end(writer, key.id(), State.ABORTED, now, 0);
              }
              return find(writer, key);
            });
    open.end(key.id());
    leftOver.dropLater();
    return ended;
  }

  /**
   * Does steps at once, all or none, at one instant.
   *
   * @throws AifsException whatever forbids a step, naming it
   */
  public ApplyResult apply(
      NamespaceRow namespace, List<StepOrder> orders, Optional<WriteRequest> request) {
    return apply(namespace, orders, true, request);
  }

  /**
   * The same.
   *
   * @param readsAll as of {@link #commit(TransactionKey, boolean)}
   */
  public ApplyResult apply(
      NamespaceRow namespace,
      List<StepOrder> orders,
      boolean readsAll,
      Optional<WriteRequest> request) {
    try (Pins.Pin _ = pins.open()) {
      StoredSteps stored = storage.store(namespace, orders, readsAll);
      Instant now = clock.instant();
      Applied applied =
          catalog.write(
              writer -> {
                writer.ledger().commit(stored.packs(), List.of());
                return WriteRequest.once(
                    request,
                    writer,
                    now,
                    one -> Long.toString(one.outcome().version()),
                    line -> applied(Long.parseLong(line), stored, Map.of()),
                    () -> {
                      StepRun run = new StepRun(writer, namespace, rules, !readsAll, now);
                      long number = 0;
                      for (StagedStep step : stored.steps()) {
                        number++;
                        run.apply(number, step);
                      }
                      return applied(writer.events().newest(), stored, run.rows());
                    });
              });
      stored.recorded();
      told(namespace, applied.rows());
      return new ApplyResult(applied.outcome(), stored.ids());
    }
  }

  private static Applied applied(long version, StoredSteps stored, Map<Name, Long> rows) {
    return new Applied(new Committed(version, stored.steps().size()), rows);
  }

  private void told(NamespaceRow namespace, Map<Name, Long> rows) {
    rows.forEach((branch, count) -> folder.changed(namespace, branch, count));
  }

  /**
   * A transaction, also for a day after it has ended.
   *
   * @throws AifsException.NotFound if there is no such transaction
   */
  public StagedTransaction get(TransactionKey key) {
    var _ = expire();
    return catalog.read(reader -> find(reader, key));
  }

  /** An owner's transactions, those that have ended too, in the order they began. */
  public List<StagedTransaction> list(
      NamespaceRow namespace, String owner, Optional<TransactionId> after, int limit) {
    var _ = expire();
    return catalog.read(reader -> reader.staging().list(namespace.number(), owner, after, limit));
  }

  /** Ends transactions whose lease has ended; returns how many. */
  public int expire() {
    int ended = 0;
    Instant now = clock.instant();
    List<StagedTransaction> due =
        catalog.read(reader -> reader.staging().expiring(now, Limits.TRANSACTIONS_OPEN_MAX));
    for (StagedTransaction transaction : due) {
      if (isOver(transaction, now)) {
        TransactionId id = transaction.id();
        boolean done =
            catalog.write(
                writer -> {
                  Optional<StagedTransaction> still = writer.staging().find(id);
                  boolean over = still.isPresent() && isOver(still.get(), now);
                  if (over) {
                    end(writer, id, State.EXPIRED, now, 0);
                  }
                  return over;
                });
        if (done) {
          open.end(id);
          ended++;
        }
      }
    }
    if (ended > 0) {
      leftOver.drop();
    }
    return ended;
  }

  private boolean isOver(StagedTransaction transaction, Instant now) {
    boolean old = !transaction.begunAt().plus(LEASE_MAX).isAfter(now);
    return transaction.state() == State.OPEN
        && !transaction.expiresAt().isAfter(now)
        && (old || !open.hasUploads(transaction.id()));
  }

  /** The transaction, if it is there for this caller, whatever has become of it. */
  private static StagedTransaction find(CatalogReader reader, TransactionKey key) {
    return reader
        .staging()
        .find(key.id())
        .filter(found -> found.namespace() == key.namespace().number())
        .filter(found -> found.owner().equals(key.owner()))
        .orElseThrow(() -> StagingRules.notFound(key));
  }

  /** The transaction, if it takes steps. */
  StagedTransaction requireOpen(CatalogReader reader, TransactionKey key) {
    StagedTransaction transaction = find(reader, key);
    if (transaction.state() != State.OPEN || isOver(transaction, clock.instant())) {
      throw StagingRules.ended(transaction);
    }
    return transaction;
  }
}

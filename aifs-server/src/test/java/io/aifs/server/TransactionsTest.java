package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TransactionId;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.catalog.StagedTransaction.State;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.jobs.JobStatus;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import io.aifs.server.engine.transaction.TransactionService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transactions of a whole store: what begins and ends them, and whose they are. */
class TransactionsTest extends TransactionFixture {
  @Test
  void nothingIsVisibleBeforeTheCommitAndAllOfItAfterwards() {
    put(file("old", "old"));
    long before = version(file("moved", "moved"));
    TransactionKey key = begin();
    put(key, file("a", "parent"));
    put(key, file("b", "child", idOf("parent")));
    putAsset(key, "without a path");
    stage(
        key,
        new StagedStep.RemovePaths(MAIN, List.of(new TreePath("old")), false),
        new StagedStep.MovePath(MAIN, new TreePath("moved"), new TreePath("d/moved")));

    assertThat(paths()).containsExactly("moved", "old");
    assertThat(isVisible("parent")).isFalse();
    assertThat(isVisible("without a path")).isFalse();
    assertThat(engine.assets().list(space, AssetFilter.ALL, Optional.empty(), 0, 10).assets())
        .hasSize(2);
    assertThat(version(file("moved", "moved"))).isEqualTo(before + 1);

    TransactionService.Committed committed = transactions().commit(key);

    assertThat(committed.steps()).isEqualTo(5);
    assertThat(committed.version()).isGreaterThan(before + 1);
    assertThat(paths()).containsExactly("a", "b", "d/moved");
    assertThat(isVisible("without a path")).isTrue();
    assertThat(engine.assets().detail(space, idOf("parent")).children())
        .containsExactly(idOf("child"));
  }

  private void putAsset(TransactionKey key, String content) {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    try (PutSession session = engine.assets().beginPut(space, header, transactions().puts(key))) {
      byte[] bytes = content.getBytes(UTF_8);
      session.write(bytes, 0, bytes.length);
      assertThat(session.finish(Optional.empty()).version()).isZero();
    }
  }

  /** A plain put beside transactions. */
  @Test
  void abortLeavesNoTraceAndItsDataIsCollected() {
    put(file("kept", "kept"));
    TransactionKey key = begin();
    put(key, file("a", "x".repeat(5_000)));
    CollectionReport held = collect();
    assertThat(held.openUploads()).isPositive();
    transactions().abort(key);
    transactions().abort(key);

    CollectionReport freed = collect();

    assertThat(freed.pendingBytes()).isZero();
    assertThat(freed.condemnedRecords() + held.condemnedRecords()).isPositive();
    assertThat(paths()).containsExactly("kept");
    assertThat(reasonOf(() -> put(key, file("b", "b")))).isEqualTo(Reason.TRANSACTION_ENDED);
    assertThat(reasonOf(() -> transactions().commit(key))).isEqualTo(Reason.TRANSACTION_ENDED);
  }

  private CollectionReport collect() {
    return engine.collections().run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
  }

  @Test
  void collectionBesideAnOpenTransactionTakesNothingOfIt() {
    TransactionKey key = begin();
    put(key, file("a", "staged ".repeat(1_000)));
    for (int i = 0; i < 4; i++) {
      var _ = collect();
    }
    var _ = transactions().commit(key);
    var _ = collect();
    assertThat(paths()).containsExactly("a");
  }

  @Test
  void leaseThatEndsEndsTheTransaction() {
    TransactionKey key = begin(Duration.ofMinutes(1));
    put(key, file("a", "a"));
    now = now.plusSeconds(59);
    put(key, file("b", "b"));
    now = now.plusSeconds(59);
    var _ = transactions().renew(key);
    now = now.plusSeconds(60);

    assertThatThrownBy(() -> transactions().commit(key))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("expired at 2026-11-21T12:02:58Z");
    assertThat(transactions().get(key).state()).isEqualTo(State.EXPIRED);
    assertThat(paths()).isEmpty();
    assertThat(collect().openUploads()).isZero();
    assertThat(collect().pendingBytes()).isZero();
  }

  @Test
  void jobEndsWhatNobodyAsksFor() {
    TransactionKey key = begin(Duration.ofMinutes(1));
    put(key, file("a", "a"));
    now = now.plusSeconds(61);
    assertThat(transactions().expire()).isOne();
    assertThat(transactions().expire()).isZero();
    assertThat(engine.jobs().list()).extracting(JobStatus::name).contains("transactions");
    assertThat(collect().openUploads()).isZero();
  }

  @Test
  void uploadKeepsItsTransactionAliveButNotForMoreThanADay() {
    TransactionKey key = begin(Duration.ofMinutes(1));
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    try (PutSession session = engine.assets().beginPut(space, header, transactions().puts(key))) {
      now = now.plus(Duration.ofHours(2));
      assertThat(transactions().expire()).isZero();
      assertThat(session.finish(Optional.empty()).size()).isZero();
    }
    assertThat(transactions().get(key).state()).isEqualTo(State.OPEN);
    for (int hour = 3; hour < 24; hour++) {
      now = now.plusSeconds(59);
      var _ = transactions().renew(key);
    }
    now = now.plus(Duration.ofHours(23));
    assertThat(transactions().get(key).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void transactionIsThereForItsOwnerInItsNamespaceOnly() {
    TransactionKey key = begin();
    NamespaceRow other =
        engine.namespaces().create(new Name("other"), "", Map.of(), Optional.empty());
    List<TransactionKey> foreign =
        List.of(
            new TransactionKey(space, "somebody else", key.id()),
            new TransactionKey(other, OWNER, key.id()),
            new TransactionKey(space, OWNER, TransactionId.of(now, new byte[10])));
    for (TransactionKey wrong : foreign) {
      assertThat(reasonOf(() -> transactions().commit(wrong)))
          .isEqualTo(Reason.TRANSACTION_NOT_FOUND);
      assertThat(reasonOf(() -> transactions().abort(wrong)))
          .isEqualTo(Reason.TRANSACTION_NOT_FOUND);
      assertThat(reasonOf(() -> transactions().renew(wrong)))
          .isEqualTo(Reason.TRANSACTION_NOT_FOUND);
      assertThat(reasonOf(() -> transactions().get(wrong))).isEqualTo(Reason.TRANSACTION_NOT_FOUND);
      assertThat(reasonOf(() -> stage(wrong, new StagedStep.DeleteTag(MAIN))))
          .isEqualTo(Reason.TRANSACTION_NOT_FOUND);
      assertThat(reasonOf(() -> put(wrong, file("a", "a"))))
          .isEqualTo(Reason.TRANSACTION_NOT_FOUND);
    }
    assertThat(transactions().list(space, "somebody else", Optional.empty(), 10)).isEmpty();
    assertThat(transactions().list(other, OWNER, Optional.empty(), 10)).isEmpty();
    assertThat(transactions().list(space, OWNER, Optional.empty(), 10))
        .extracting(StagedTransaction::id)
        .containsExactly(key.id());
  }

  @Test
  void commitIsRepeatable() {
    TransactionKey key = begin();
    put(key, file("a", "a"));
    TransactionService.Committed first = transactions().commit(key);
    put(file("b", "b"));
    assertThat(transactions().commit(key)).isEqualTo(first);
    reopen();
    assertThat(transactions().commit(key)).isEqualTo(first);
    assertThat(transactions().get(key).version()).isEqualTo(first.version());
    assertThat(paths()).containsExactly("a", "b");
  }

  @Test
  void newProcessEndsWhatWasOpen() {
    TransactionKey key = begin();
    put(key, file("a", "a".repeat(3_000)));
    reopen();
    assertThatThrownBy(() -> transactions().commit(key))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("the server was started anew");
    assertThat(paths()).isEmpty();
    var _ = collect();
    assertThat(collect().pendingBytes()).isZero();
  }

  @Test
  void requestIdsGiveTheFirstResult() {
    Optional<WriteRequest> request =
        Optional.of(new WriteRequest(new RequestKey("scope", "Begin", "1"), idOf("begin")));
    StagedTransaction first = transactions().begin(space, OWNER, Duration.ofHours(1), request);
    StagedTransaction again = transactions().begin(space, OWNER, Duration.ofHours(1), request);
    assertThat(again).isEqualTo(first);
    TransactionKey key = key(first);
    Optional<WriteRequest> put =
        Optional.of(new WriteRequest(new RequestKey("scope", "PutFiles", "2"), idOf("put")));
    for (int i = 0; i < 2; i++) {
      var _ =
          engine
              .files()
              .put(space, MAIN, List.of(file("a", "a")), true, transactions().puts(key), put);
    }
    assertThat(transactions().get(key).steps()).isOne();
    List<StepOrder> removal =
        List.of(
            new StepOrder.Ready(
                new StagedStep.RemovePaths(MAIN, List.of(new TreePath("a")), false)));
    Optional<WriteRequest> stage =
        Optional.of(new WriteRequest(new RequestKey("scope", "Stage", "3"), idOf("stage")));
    for (int i = 0; i < 2; i++) {
      var _ = transactions().stage(key, removal, stage);
    }
    assertThat(transactions().commit(key).steps()).isEqualTo(2);
    assertThat(paths()).isEmpty();
  }
}

package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.StagedTransaction.State;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.lineage.NewParents;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import io.aifs.server.engine.transaction.TransactionService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What transactions do when they are committed, and what is in the way. */
class TransactionStepsTest extends TransactionFixture {
  @Test
  void ofTwoThatMoveABranchOneIsToldWhoMovedIt() {
    SnapshotId first = snapshot();
    put(file("a", "a"));
    SnapshotId second = snapshot();
    TransactionKey mine = begin();
    TransactionKey theirs = begin();
    move(mine, first, second);
    put(mine, file("mine", "mine"));
    put(theirs, file("theirs", "theirs"));
    assertThatThrownBy(() -> transactions().commit(committedFirst(mine, theirs, first, second)))
        .isInstanceOf(AifsException.Conflict.class)
        .hasMessageContaining("step 2 (move of branch main)")
        .hasMessageContaining("moved by token 'ada' at 2026-11-21T12:00:00")
        .hasMessageContaining("from " + second);
    assertThat(transactions().get(theirs).state()).isEqualTo(State.OPEN);
    assertThat(paths()).containsExactly("mine");
    assertThat(isVisible("theirs")).isFalse();
  }

  /** Both want the branch from the same place; the first gets it. */
  private TransactionKey committedFirst(
      TransactionKey mine, TransactionKey theirs, SnapshotId first, SnapshotId second) {
    move(theirs, first, second);
    var _ = transactions().commit(mine);
    return theirs;
  }

  @Test
  void refsMoveInTheOrderOfSteps() {
    put(file("a", "a"));
    SnapshotId at = snapshot();
    TransactionKey key = begin();
    Name branch = new Name("next");
    stage(
        key,
        new StagedStep.StartBranch(branch, at, ADA),
        new StagedStep.MakeTag(new Name("v1"), at, ADA));
    var _ =
        engine
            .files()
            .put(
                space,
                branch,
                List.of(file("b", "b")),
                true,
                transactions().puts(key),
                Optional.empty());
    var _ = transactions().commit(key);
    assertThat(engine.history().refs().branch(space, branch).changed()).isTrue();
    assertThat(engine.history().tags().get(space, new Name("v1")).snapshot()).isEqualTo(at);

    TransactionKey ending = begin();
    stage(
        ending,
        new StagedStep.DeleteTag(new Name("v1")),
        new StagedStep.EndBranch(branch, Optional.of(at), ADA));
    assertThat(reasonOf(() -> transactions().commit(ending))).isEqualTo(Reason.CHANGES_UNSAVED);
    assertThat(engine.history().tags().get(space, new Name("v1")).snapshot()).isEqualTo(at);
  }

  @Test
  void whatCannotBeIsRefusedAsSoonAsItIsStaged() {
    TransactionKey key = begin();
    assertThat(reasonOf(() -> put(key, file("a", "a", idOf("nobody")))))
        .isEqualTo(Reason.PARENT_NOT_FOUND);
    FilePut known =
        new FilePut(
            new TreePath("k"),
            new FilePut.What.Known(idOf("nobody")),
            FileAttributes.PLAIN_FILE,
            AssetKind.BLOB,
            Map.of(),
            List.of());
    assertThat(reasonOf(() -> put(key, known))).isEqualTo(Reason.ASSET_NOT_FOUND);
    assertThat(reasonOf(() -> begin(Duration.ofHours(25)))).isEqualTo(Reason.ARGUMENT_INVALID);
    assertThat(reasonOf(() -> begin(Duration.ZERO))).isEqualTo(Reason.ARGUMENT_INVALID);
    assertThat(transactions().get(key).steps()).isZero();
  }

  @Test
  void parentThatIsDeletedMeanwhileIsInTheWayOfTheCommit() {
    put(file("p", "parent"));
    TransactionKey key = begin();
    put(key, file("first", "first"));
    put(key, file("c", "child", idOf("parent")));
    engine.deletes().delete(space, idOf("parent"), true, "ada", "", Optional.empty());

    assertThatThrownBy(() -> transactions().commit(key))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("step 2 (put of 'c'): parent asset");
    assertThat(isVisible("first")).isFalse();
    put(file("p", "parent"));
    var _ = transactions().commit(key);
    assertThat(isVisible("child")).isTrue();
  }

  @Test
  void stepsAreAppliedAtOnceOrNotAtAll() {
    put(file("a", "a"));
    List<StepOrder> orders =
        List.of(
            new StepOrder.PutFiles(MAIN, List.of(file("b", "b", idOf("a")))),
            new StepOrder.Ready(
                new StagedStep.MovePath(MAIN, new TreePath("a"), new TreePath("c"))),
            new StepOrder.Ready(
                new StagedStep.RemovePaths(MAIN, List.of(new TreePath("none")), false)));
    assertThatThrownBy(() -> transactions().apply(space, orders, Optional.empty()))
        .isInstanceOf(AifsException.NotFound.class)
        .hasMessageContaining("step 3 (removal of 'none')");
    assertThat(paths()).containsExactly("a");
    Optional<WriteRequest> request =
        Optional.of(new WriteRequest(new RequestKey("scope", "Apply", "1"), idOf("apply")));
    long version = transactions().apply(space, orders.subList(0, 2), request).outcome().version();
    assertThat(transactions().apply(space, orders.subList(0, 2), request).outcome().version())
        .isEqualTo(version);
    assertThat(paths()).containsExactly("b", "c");
  }

  @Test
  void largeTransactionShowsAllAtOnceBesideWritersAndReaders() throws InterruptedException {
    int batches = 3;
    int files = batches * Limits.BATCH_ENTRIES_MAX;
    TransactionKey key = begin();
    for (int batch = 0; batch < batches; batch++) {
      List<FilePut> puts = new ArrayList<>();
      for (int i = 0; i < Limits.BATCH_ENTRIES_MAX; i++) {
        puts.add(file("big/" + batch + "/" + i, batch + " " + i));
      }
      put(key, puts.toArray(FilePut[]::new));
    }
    List<StagedStep> edges = new ArrayList<>();
    for (int i = 1; i <= 600; i++) {
      ParentEdge edge = new ParentEdge(idOf("0 0"), "made", "");
      edges.add(new StagedStep.AddParents(List.of(new NewParents(idOf("0 " + i), List.of(edge)))));
    }
    stage(key, edges.toArray(StagedStep[]::new));
    AtomicBoolean committed = new AtomicBoolean();
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!committed.get()) {
                    seen.add(
                        engine.tree().read(space, MAIN, tree -> tree.usage(TreePath.ROOT)).files());
                  }
                });
    AtomicLong beside = new AtomicLong();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!committed.get()) {
                    putUnnamed("beside " + beside.incrementAndGet());
                  }
                });

    assertThat(transactions().commit(key).steps()).isEqualTo(batches + 600L);
    committed.set(true);
    reader.join();
    writer.join();
    assertThat(seen).isSubsetOf(0L, (long) files);
    assertThat(engine.assets().detail(space, idOf("0 0")).children()).hasSize(600);
    assertThat(beside.get()).isPositive();
  }

  @Test
  void tooManyOpenOnesAreRefused() {
    for (int i = 0; i < Limits.TRANSACTIONS_OPEN_MAX; i++) {
      var _ = begin();
    }
    assertThat(reasonOf(this::begin)).isEqualTo(Reason.LIMIT_EXCEEDED);
    now = now.plus(TransactionService.LEASE);
    assertThat(transactions().get(begin()).state()).isEqualTo(State.OPEN);
  }
}

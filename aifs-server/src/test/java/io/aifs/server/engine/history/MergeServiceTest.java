package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static io.aifs.server.engine.history.HistoryFixture.assertRefused;
import static io.aifs.server.engine.history.HistoryFixture.request;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.engine.history.MergeResult.Outcome;
import io.aifs.server.snapshot.MergeChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeServiceTest {
  private static final Name SIDE = new Name("side");
  private static final Ref SIDE_REF = Ref.ofBranch(SIDE);

  @TempDir Path dir;
  private HistoryFixture fixture;
  private SnapshotId base;

  @BeforeEach
  void open() {
    fixture = new HistoryFixture(dir);
    fixture.put("a", "one");
    base = fixture.commit(MAIN, "d/b", "two");
    fixture.start("side", base);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static MergeOrder order(MergeChoice choice, Map<TreePath, MergeChoice> choices) {
    return new MergeOrder(
        MAIN, choice, choices, false, true, false, "", "ada", Optional.empty(), "token");
  }

  private static MergeOrder order() {
    return order(MergeChoice.UNRESOLVED, Map.of());
  }

  private static MergeOrder dryRun() {
    return new MergeOrder(
        MAIN,
        MergeChoice.UNRESOLVED,
        Map.of(),
        true,
        true,
        false,
        "",
        "",
        Optional.empty(),
        "token");
  }

  private MergeResult merge(MergeOrder order) {
    return fixture.history.merges().merge(fixture.space, order, SIDE_REF, Optional.empty());
  }

  @Test
  void whatIsThereAlreadyIsUpToDate() {
    SnapshotId head = fixture.commit(MAIN, "c", "three");

    MergeResult result = merge(order());

    assertThat(result.outcome()).isEqualTo(Outcome.UP_TO_DATE);
    assertThat(fixture.head(MAIN)).isEqualTo(head);
  }

  @Test
  void branchThatIsBehindMoves() {
    SnapshotId theirs = fixture.commit(SIDE, "c", "three");
    assertThat(merge(dryRun()).outcome()).isEqualTo(Outcome.FAST_FORWARD);
    assertThat(fixture.head(MAIN)).isEqualTo(base);

    MergeResult result = merge(order());

    assertThat(result.outcome()).isEqualTo(Outcome.FAST_FORWARD);
    assertThat(result.changedPaths()).isEqualTo(1);
    assertThat(fixture.head(MAIN)).isEqualTo(theirs);
    assertThat(fixture.paths(MAIN)).containsExactly("a", "c", "d/b");
  }

  @Test
  void snapshotOfItsOwnIsMadeWhereOneIsWanted() {
    fixture.commit(SIDE, "c", "three");
    MergeOrder order =
        new MergeOrder(
            MAIN,
            MergeChoice.UNRESOLVED,
            Map.of(),
            false,
            false,
            false,
            "together",
            "ada",
            Optional.of(base),
            "token");

    MergeResult result = merge(order);

    assertThat(result.outcome()).isEqualTo(Outcome.MERGED);
    VerifiedSnapshot made = result.snapshot().orElseThrow();
    assertThat(made.statement().message()).isEqualTo("together");
    assertThat(made.statement().parents()).containsExactly(base, fixture.head(SIDE));
  }

  @Test
  void changesOfBothSidesComeTogether() {
    SnapshotId ours = fixture.commit(MAIN, "c", "three");
    fixture.remove(SIDE, "a");
    SnapshotId theirs = fixture.commit(SIDE, "d/e", "four");
    MergeResult planned = merge(dryRun());
    assertThat(planned.outcome()).isEqualTo(Outcome.MERGED);
    assertThat(planned.changedPaths()).isEqualTo(2);
    assertThat(fixture.head(MAIN)).isEqualTo(ours);

    MergeResult result = merge(order());

    assertThat(result.outcome()).isEqualTo(Outcome.MERGED);
    assertThat(result.base()).contains(base);
    assertThat(result.changedPaths()).isEqualTo(2);
    assertThat(fixture.paths(MAIN)).containsExactly("c", "d/b", "d/e");
    VerifiedSnapshot made = fixture.resolve("main");
    assertThat(made.statement().parents()).containsExactly(ours, theirs);
    assertThat(made.statement().message()).isEqualTo("Merge side into main");
    assertThat(made.row().node().generation()).isEqualTo(4);
    assertThat(merge(order()).outcome()).isEqualTo(Outcome.UP_TO_DATE);
  }

  @Test
  void conflictsChangeNothingUntilTheyAreChosen() {
    SnapshotId ours = fixture.commit(MAIN, "a", "ours");
    fixture.put(SIDE, "d/b", "side");
    fixture.commit(SIDE, "a", "theirs");

    MergeResult result = merge(order());

    assertThat(result.outcome()).isEqualTo(Outcome.CONFLICTS);
    assertThat(result.conflictCount()).isEqualTo(1);
    assertThat(result.conflicts().getFirst().conflict().path()).isEqualTo(new TreePath("a"));
    assertThat(fixture.head(MAIN)).isEqualTo(ours);

    merge(order(MergeChoice.UNRESOLVED, Map.of(new TreePath("a"), MergeChoice.THEIRS)));
    assertThat(fixture.resolve("main").roots()).isEqualTo(fixture.resolve("side").roots());
  }

  @Test
  void generalChoiceTakesASide() {
    fixture.commit(MAIN, "a", "ours");
    fixture.commit(SIDE, "a", "theirs");
    SnapshotRoots before = fixture.resolve("main").roots();

    MergeResult result = merge(order(MergeChoice.OURS, Map.of()));

    assertThat(result.outcome()).isEqualTo(Outcome.MERGED);
    assertThat(result.conflicts()).hasSize(1);
    assertThat(fixture.resolve("main").roots()).isEqualTo(before);
  }

  @Test
  void changesThatNoSnapshotHoldsAreInTheWay() {
    fixture.commit(SIDE, "c", "three");
    fixture.put("x", "unsaved");

    assertRefused(Reason.CHANGES_UNSAVED, () -> merge(order()));
    assertThat(fixture.paths(MAIN)).containsExactly("a", "d/b", "x");
  }

  @Test
  void unrelatedHistoriesAreMergedOnlyIfThatIsMeant() {
    VerifiedSnapshot alone =
        fixture.history.assets().take(fixture.space, List.of(fixture.asset("alone")), Map.of());
    Ref ref = new Ref.Snapshot(alone.id());
    assertRefused(
        Reason.HISTORIES_UNRELATED,
        () -> fixture.history.merges().merge(fixture.space, order(), ref, Optional.empty()));
    MergeOrder meant =
        new MergeOrder(
            MAIN,
            MergeChoice.UNRESOLVED,
            Map.of(),
            false,
            true,
            true,
            "",
            "",
            Optional.empty(),
            "token");

    MergeResult result =
        fixture.history.merges().merge(fixture.space, meant, ref, Optional.empty());

    assertThat(result.outcome()).isEqualTo(Outcome.MERGED);
    assertThat(result.base()).isEmpty();
    assertThat(fixture.resolve("main").roots().unnamed().entries()).isEqualTo(1);
  }

  @Test
  void expectedHeadThatIsNotTheHeadIsAConflict() {
    fixture.commit(SIDE, "c", "three");
    MergeOrder order =
        new MergeOrder(
            MAIN,
            MergeChoice.UNRESOLVED,
            Map.of(),
            false,
            true,
            false,
            "",
            "",
            Optional.of(new SnapshotId("0".repeat(32))),
            "token");
    assertRefused(Reason.REF_MOVED, () -> merge(order));
    assertRefused(
        Reason.REF_NOT_FOUND,
        () ->
            fixture
                .history
                .merges()
                .merge(fixture.space, order(), Ref.ofBranch(new Name("nope")), Optional.empty()));
  }

  @Test
  void repeatedRequestGivesTheFirstResult() {
    fixture.commit(MAIN, "c", "three");
    fixture.commit(SIDE, "e", "four");
    var request = Optional.of(request("m", "x"));
    MergeResult first = fixture.history.merges().merge(fixture.space, order(), SIDE_REF, request);
    fixture.commit(MAIN, "z", "more");

    MergeResult again = fixture.history.merges().merge(fixture.space, order(), SIDE_REF, request);

    assertThat(again.snapshot().orElseThrow().id()).isEqualTo(first.snapshot().orElseThrow().id());
    assertThat(again.changedPaths()).isEqualTo(1);
  }

  @Test
  void revertTakesBackWhatOneSnapshotChanged() {
    SnapshotId wrong = fixture.commit(MAIN, "a", "wrong");
    fixture.commit(MAIN, "c", "three");

    MergeResult result =
        fixture
            .history
            .merges()
            .revert(fixture.space, order(), new Ref.Snapshot(wrong), Optional.empty());

    assertThat(result.outcome()).isEqualTo(Outcome.MERGED);
    assertThat(result.changedPaths()).isEqualTo(1);
    VerifiedSnapshot made = fixture.resolve("main");
    assertThat(made.statement().parents()).hasSize(1);
    assertThat(made.statement().message()).startsWith("Revert " + wrong);
    fixture.start("again", base);
    fixture.commit(new Name("again"), "c", "three");
    assertThat(made.roots().merkleRoot()).isEqualTo(fixture.resolve("again").roots().merkleRoot());
    MergeResult twice =
        fixture
            .history
            .merges()
            .revert(fixture.space, order(), new Ref.Snapshot(wrong), Optional.empty());
    assertThat(twice.outcome()).isEqualTo(Outcome.UP_TO_DATE);
  }

  @Test
  void baseOfDeepHistoriesIsFoundInFewReads() {
    int deep = 10_000;
    SnapshotId left = chain("a", deep, base);
    SnapshotId right = chain("b", deep, base);
    Ancestors ancestors = new Ancestors(fixture.catalog, fixture.space);

    Optional<SnapshotNode> found = new MergeBase(ancestors).of(left, right);

    assertThat(found.map(SnapshotNode::id)).contains(base);
    assertThat(ancestors.reads()).isLessThan(20);
    assertThat(fixture.resolve("snap:" + base + "~1").id())
        .isEqualTo(fixture.history.snapshots().root(fixture.space));
  }

  /** Places in history only: what is looked for here needs no content. */
  private SnapshotId chain(String prefix, int length, SnapshotId from) {
    return fixture.catalog.write(
        writer -> {
          SnapshotId at = from;
          long generation =
              requireNonNull(
                      writer.snapshots().nodes(fixture.space.number(), List.of(from)).get(from))
                  .generation();
          for (int i = 0; i < length; i++) {
            SnapshotId id = new SnapshotId(prefix + "%031x".formatted(i));
            at = add(writer, id, List.of(at), ++generation);
          }
          return at;
        });
  }

  private SnapshotId add(
      io.aifs.server.catalog.CatalogWriter writer,
      SnapshotId id,
      List<SnapshotId> parents,
      long generation) {
    writer
        .snapshots()
        .add(
            fixture.space.number(),
            new io.aifs.server.catalog.SnapshotRow(
                new SnapshotNode(id, HistoryFixture.NOON, generation, parents, false),
                SnapshotRoots.EMPTY,
                new byte[] {1},
                new byte[] {2}));
    return id;
  }

  @Test
  void historiesThatCrossedHaveABaseThatIsNoAncestorOfAnother() {
    SnapshotId left = chain("a", 1, base);
    SnapshotId right = chain("b", 1, base);
    SnapshotId leftTwo = new SnapshotId("c" + "0".repeat(31));
    SnapshotId rightTwo = new SnapshotId("d" + "0".repeat(31));
    long generation = fixture.resolve("main").row().node().generation() + 2;
    var _ =
        fixture.catalog.<SnapshotId>write(
            writer -> {
              add(writer, leftTwo, List.of(left, right), generation);
              return add(writer, rightTwo, List.of(right, left), generation);
            });

    MergeBase finder = new MergeBase(new Ancestors(fixture.catalog, fixture.space));

    Optional<SnapshotId> found = finder.of(leftTwo, rightTwo).map(SnapshotNode::id);
    assertThat(found.orElseThrow()).isIn(left, right);
    assertThat(
            new MergeBase(new Ancestors(fixture.catalog, fixture.space))
                .of(rightTwo, leftTwo)
                .map(SnapshotNode::id))
        .isEqualTo(found);
    assertThat(
            new MergeBase(new Ancestors(fixture.catalog, fixture.space))
                .of(left, leftTwo)
                .map(SnapshotNode::id))
        .contains(left);
  }
}

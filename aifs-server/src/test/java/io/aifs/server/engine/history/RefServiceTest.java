package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static io.aifs.server.engine.history.HistoryFixture.NOON;
import static io.aifs.server.engine.history.HistoryFixture.assertRefused;
import static io.aifs.server.engine.history.HistoryFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.WriteRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefServiceTest {
  private static final Name SIDE = new Name("side");
  private static final Name TAG = new Name("v1");
  private static final SnapshotId UNKNOWN = new SnapshotId("0".repeat(32));
  private static final Mover ADA = new Mover("ada-token", "because", Map.of());

  @TempDir Path dir;
  private HistoryFixture fixture;
  private RefService refs;
  private TagService tags;
  private SnapshotId root;
  private SnapshotId first;
  private SnapshotId second;

  @BeforeEach
  void open() {
    fixture = new HistoryFixture(dir);
    refs = fixture.history.refs();
    tags = fixture.history.tags();
    root = fixture.head(MAIN);
    first = fixture.commit(MAIN, "a", "one");
    second = fixture.commit(MAIN, "b", "two");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void move(Name branch, SnapshotId to, SnapshotId expected, boolean force) {
    assertThat(refs.move(fixture.space, branch, to, expected, force, ADA, Optional.empty()).head())
        .isEqualTo(to);
  }

  private List<BranchMove> history(Name branch) {
    return refs.history(fixture.space, branch, Optional.empty(), 100);
  }

  @Test
  void branchBeginsWithTheTreesOfItsSnapshotAndGoesItsOwnWay() {
    fixture.start("side", first);
    assertThat(fixture.paths(SIDE)).containsExactly("a");

    SnapshotId own = fixture.commit(SIDE, "c", "three");

    assertThat(fixture.paths(SIDE)).containsExactly("a", "c");
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b");
    assertThat(fixture.resolve("side~1").id()).isEqualTo(first);
    assertThat(fixture.head(SIDE)).isEqualTo(own);
    assertThat(refs.list(fixture.space, Optional.empty(), 10))
        .extracting(branch -> branch.row().name())
        .containsExactly(MAIN, SIDE);
  }

  @Test
  void moveChangesWorkingStateAndHistory() {
    move(MAIN, first, second, false);

    assertThat(fixture.head(MAIN)).isEqualTo(first);
    assertThat(fixture.paths(MAIN)).containsExactly("a");
    BranchMove newest = history(MAIN).getFirst();
    assertThat(newest.from()).contains(second);
    assertThat(newest.to()).contains(first);
    assertThat(newest.who()).isEqualTo("ada-token");
    assertThat(newest.reason()).isEqualTo("because");
    assertThat(history(MAIN).getLast().to()).contains(root);
  }

  @Test
  void moveFromElsewhereIsAbortedAndSaysWhoMovedIt() {
    move(MAIN, first, second, false);

    assertThatThrownBy(() -> move(MAIN, root, second, false))
        .isInstanceOf(AifsException.Conflict.class)
        .hasMessageContaining("stands at " + first)
        .hasMessageContaining("moved by token 'ada-token' at " + NOON.toString().substring(0, 14))
        .hasMessageContaining("because");
    assertThatThrownBy(() -> move(MAIN, root, UNKNOWN, false))
        .isInstanceOf(AifsException.Conflict.class);
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> move(MAIN, UNKNOWN, first, false));
    assertRefused(Reason.REF_NOT_FOUND, () -> move(SIDE, root, first, false));
    assertThat(fixture.head(MAIN)).isEqualTo(first);
  }

  @Test
  void changesAreNotLostWhenABranchMoves() {
    fixture.put("c", "three");
    assertRefused(Reason.CHANGES_UNSAVED, () -> move(MAIN, first, second, false));
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b", "c");

    move(MAIN, first, second, true);

    assertThat(fixture.paths(MAIN)).containsExactly("a");
    List<BranchMove> moves = history(MAIN);
    SnapshotId kept = moves.getFirst().from().orElseThrow();
    assertThat(moves.get(1).from()).contains(second);
    assertThat(moves.get(1).to()).contains(kept);
    assertThat(moves.get(1).reason()).isEqualTo("kept before the branch moved");
    assertThat(fixture.resolve("snap:" + kept).roots().paths().entries()).isEqualTo(3);
  }

  @Test
  void foldedChangesAreChangesToo() {
    fixture.put("c", "three");
    fixture.trees.folding(fixture.catalog).fold(fixture.space, MAIN);

    assertThat(refs.branch(fixture.space, MAIN).changed()).isTrue();
    assertRefused(Reason.CHANGES_UNSAVED, () -> move(MAIN, first, second, false));
  }

  @Test
  void theOldCallMakesMovesAndComparesOnlyIfAsked() {
    refs.set(fixture.space, SIDE, first, Optional.empty(), new Mover("t", "", Map.of("k", "v")));
    fixture.put(SIDE, "c", "three");
    refs.set(fixture.space, SIDE, second, Optional.empty(), ADA);
    assertThat(fixture.paths(SIDE)).containsExactly("a", "b");
    assertThat(refs.branch(fixture.space, SIDE).row().metadata()).isEqualTo(Map.of("k", "v"));
    assertThat(history(SIDE)).hasSize(3);

    assertRefused(
        Reason.REF_MOVED, () -> refs.set(fixture.space, SIDE, root, Optional.of(first), ADA));
    assertRefused(
        Reason.REF_MOVED,
        () -> refs.set(fixture.space, new Name("new"), root, Optional.of(first), ADA));
    refs.set(fixture.space, SIDE, second, Optional.empty(), ADA);
    assertThat(history(SIDE)).hasSize(3);
  }

  @Test
  void protectedBranchMovesOnlyBySnapshots() {
    assertThat(refs.guard(fixture.space, MAIN, true).row().guarded()).isTrue();
    assertRefused(Reason.BRANCH_PROTECTED, () -> move(MAIN, first, second, false));
    assertRefused(
        Reason.BRANCH_PROTECTED, () -> refs.set(fixture.space, MAIN, first, Optional.empty(), ADA));
    SnapshotId third = fixture.commit(MAIN, "c", "three");
    fixture.start("side", third);
    refs.guard(fixture.space, SIDE, true);
    assertRefused(Reason.BRANCH_PROTECTED, () -> end(SIDE, true));

    refs.guard(fixture.space, MAIN, false);
    move(MAIN, first, third, false);
    assertRefused(Reason.REF_NOT_FOUND, () -> refs.guard(fixture.space, new Name("x"), true));
  }

  private void end(Name branch, boolean force) {
    assertThat(refs.end(fixture.space, branch, force, ADA, Optional.empty())).isNotNull();
  }

  @Test
  void deletedBranchKeepsItsHistoryAndItsName() {
    fixture.start("side", first);
    fixture.put(SIDE, "c", "three");
    assertRefused(Reason.CHANGES_UNSAVED, () -> end(SIDE, false));
    end(SIDE, true);

    assertRefused(Reason.REF_NOT_FOUND, () -> refs.branch(fixture.space, SIDE));
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("side"));
    assertRefused(Reason.REF_NOT_FOUND, () -> end(SIDE, true));
    assertThat(history(SIDE)).hasSize(3);
    assertThat(history(SIDE).getFirst().to()).isEmpty();
    assertThat(fixture.paths(SIDE)).isEmpty();

    fixture.start("side", second);
    assertThat(fixture.paths(SIDE)).containsExactly("a", "b");
    assertThat(history(SIDE)).hasSize(4);
    assertRefused(Reason.BRANCH_PROTECTED, () -> end(MAIN, true));
    assertRefused(Reason.REF_NOT_FOUND, () -> history(new Name("never")));
  }

  @Test
  void namesAreBranchesOrTagsAndNeverBoth() {
    fixture.start("side", first);
    assertRefused(Reason.REF_EXISTS, () -> fixture.start("side", first));
    assertRefused(Reason.REF_EXISTS, () -> tag(SIDE, first));
    tag(TAG, first);
    assertRefused(Reason.REF_EXISTS, () -> fixture.start("v1", first));
    tags.delete(fixture.space, TAG);
    assertRefused(Reason.REF_EXISTS, () -> fixture.start("v1", first));
    assertRefused(
        Reason.REF_EXISTS, () -> refs.set(fixture.space, TAG, first, Optional.empty(), ADA));
  }

  private TagRow tag(Name name, SnapshotId at) {
    return tags.make(fixture.space, name, at, ADA, Optional.empty());
  }

  @Test
  void tagNeverMeansAnotherSnapshot() {
    TagRow made = tag(TAG, first);
    assertThat(tag(TAG, first)).isEqualTo(made);
    assertRefused(Reason.REF_EXISTS, () -> tag(TAG, second));
    assertThat(fixture.resolve("v1").id()).isEqualTo(first);

    tags.delete(fixture.space, TAG);
    assertRefused(Reason.REF_NOT_FOUND, () -> tags.get(fixture.space, TAG));
    assertRefused(Reason.REF_NOT_FOUND, () -> tags.delete(fixture.space, TAG));
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("v1"));
    assertRefused(Reason.REF_EXISTS, () -> tag(TAG, second));
    assertThat(tags.list(fixture.space, Optional.empty(), 10)).isEmpty();

    tag(TAG, first);
    assertThat(tags.get(fixture.space, TAG).snapshot()).isEqualTo(first);
    assertThat(tags.list(fixture.space, Optional.empty(), 10)).hasSize(1);
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> tag(new Name("v2"), UNKNOWN));
  }

  @Test
  void snapshotOfAnotherNamespaceIsAsGoodAsNone() {
    NamespaceRow other = fixture.namespace("other");
    SnapshotId theirs = fixture.history.snapshots().root(other);

    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> tag(TAG, theirs));
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> fixture.start("side", theirs));
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> move(MAIN, theirs, second, false));
  }

  @Test
  void refsMeanWhatTheySay() {
    tag(TAG, first);
    assertThat(fixture.resolve("main").id()).isEqualTo(second);
    assertThat(fixture.resolve("main~0").id()).isEqualTo(second);
    assertThat(fixture.resolve("main~2").id()).isEqualTo(root);
    assertThat(fixture.resolve("v1~1").id()).isEqualTo(root);
    assertThat(fixture.resolve("snap:" + second + "~1").id()).isEqualTo(first);
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("main~3"));
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("nope"));
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> fixture.resolve("snap:" + UNKNOWN));
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> fixture.resolve("snap:" + UNKNOWN + "~1"));

    BranchMove toFirst = history(MAIN).get(1);
    assertThat(fixture.resolve("main@{" + toFirst.at() + "}").id()).isEqualTo(first);
    assertThat(fixture.resolve("main@{" + toFirst.at().minusNanos(1) + "}").id()).isEqualTo(root);
    assertThat(fixture.resolve("main@{9999-01-01}").id()).isEqualTo(second);
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("main@{2000-01-01}"));
    assertRefused(Reason.REF_NOT_FOUND, () -> fixture.resolve("nope@{2000-01-01}"));
    assertThat(fixture.history.resolver().resolve(fixture.space, io.aifs.core.address.Ref.MAIN))
        .isEqualTo(new RefResolver.Meaning.Working(MAIN));
  }

  @Test
  void repeatedRequestsGiveTheFirstResult() {
    Optional<WriteRequest> request = Optional.of(request("r", "x"));
    RefService.Branch moved = refs.move(fixture.space, MAIN, first, second, false, ADA, request);
    fixture.commit(MAIN, "z", "zzz");

    RefService.Branch again = refs.move(fixture.space, MAIN, first, second, false, ADA, request);

    assertThat(again.head()).isEqualTo(moved.head());
    assertRefused(
        Reason.REQUEST_ID_REUSED,
        () ->
            refs.move(
                fixture.space, MAIN, root, second, false, ADA, Optional.of(request("r", "y"))));
  }

  @Test
  void reasonsAndMetadataHaveLimits() {
    assertRefused(Reason.LIMIT_EXCEEDED, () -> new Mover("t", "x".repeat(5_000), Map.of()).who());
    assertRefused(Reason.LIMIT_EXCEEDED, () -> new Mover("t", "", Map.of("", "v")).who());
  }
}

package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static io.aifs.server.engine.history.HistoryFixture.assertRefused;
import static io.aifs.server.engine.history.HistoryFixture.order;
import static io.aifs.server.engine.history.HistoryFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotServiceTest {
  private static final SnapshotId UNKNOWN = new SnapshotId("0".repeat(32));

  @TempDir Path dir;
  private HistoryFixture fixture;

  @BeforeEach
  void open() {
    fixture = new HistoryFixture(dir);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void mainBeginsWithASnapshotOfNothing() {
    SnapshotId root = fixture.head(MAIN);

    VerifiedSnapshot snapshot = fixture.history.snapshots().get(fixture.space, root);
    assertThat(snapshot.statement().message()).isEqualTo("root");
    assertThat(snapshot.statement().parents()).isEmpty();
    assertThat(snapshot.roots()).isEqualTo(SnapshotRoots.EMPTY);
    assertThat(fixture.history.snapshots().root(fixture.space)).isEqualTo(root);
    assertThat(fixture.head(MAIN)).isEqualTo(root);
  }

  @Test
  void snapshotHoldsTheWorkingStateAndTheBranchStandsAtIt() {
    SnapshotId root = fixture.head(MAIN);
    fixture.put("a/b", "one");

    SnapshotService.Taken taken =
        fixture.history.snapshots().take(fixture.space, order(MAIN), Optional.empty());

    assertThat(taken.unchanged()).isFalse();
    assertThat(taken.snapshot().statement().parents()).containsExactly(root);
    assertThat(taken.snapshot().statement().author()).isEqualTo("ada");
    assertThat(taken.snapshot().roots().paths().entries()).isEqualTo(1);
    assertThat(taken.snapshot().row().node().generation()).isEqualTo(2);
    assertThat(taken.snapshot().id())
        .isEqualTo(
            SnapshotId.of(
                taken.snapshot().roots().merkleRoot(), taken.snapshot().statement().createdAt()));
    assertThat(fixture.head(MAIN)).isEqualTo(taken.snapshot().id());
    assertThat(fixture.history.refs().branch(fixture.space, MAIN).changed()).isFalse();
  }

  @Test
  void nothingNewGivesTheNewestSnapshotUnlessAnotherIsAskedFor() {
    fixture.put("a", "one");
    SnapshotId first = fixture.take();

    SnapshotService.Taken same =
        fixture.history.snapshots().take(fixture.space, order(MAIN), Optional.empty());
    TakeOrder anyway = new TakeOrder(MAIN, "", "", Map.of(), Optional.empty(), true, "token");
    SnapshotService.Taken other =
        fixture.history.snapshots().take(fixture.space, anyway, Optional.empty());

    assertThat(same.unchanged()).isTrue();
    assertThat(same.snapshot().id()).isEqualTo(first);
    assertThat(other.unchanged()).isFalse();
    assertThat(other.snapshot().id()).isNotEqualTo(first);
    assertThat(other.snapshot().roots()).isEqualTo(same.snapshot().roots());
  }

  @Test
  void whatIsPutLaterStaysAboveTheSnapshot() {
    fixture.put("a", "one");
    SnapshotId first = fixture.take();
    fixture.put("b", "two");

    assertThat(fixture.history.refs().branch(fixture.space, MAIN).changed()).isTrue();
    assertThat(fixture.resolve("snap:" + first).roots().paths().entries()).isEqualTo(1);
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b");
  }

  @Test
  void snapshotOfTheSameInstantGetsAnotherId() {
    Set<SnapshotId> ids = new HashSet<>();
    TakeOrder anyway = new TakeOrder(MAIN, "", "", Map.of(), Optional.empty(), true, "token");
    for (int i = 0; i < 20; i++) {
      ids.add(
          fixture
              .history
              .snapshots()
              .take(fixture.space, anyway, Optional.empty())
              .snapshot()
              .id());
    }
    assertThat(ids).hasSize(20);
  }

  @Test
  void expectedHeadMustBeTheHead() {
    SnapshotId root = fixture.head(MAIN);
    SnapshotId first = fixture.commit(MAIN, "a", "one");
    fixture.put("b", "two");

    for (SnapshotId wrong : List.of(root, UNKNOWN)) {
      TakeOrder order = new TakeOrder(MAIN, "", "", Map.of(), Optional.of(wrong), false, "token");
      assertThatThrownBy(
              () -> fixture.history.snapshots().take(fixture.space, order, Optional.empty()))
          .isInstanceOf(AifsException.Conflict.class)
          .hasMessageContaining(first.hex())
          .hasMessageContaining("moved by token 'token' at 2026-11-21T12:");
    }
    TakeOrder right = new TakeOrder(MAIN, "", "", Map.of(), Optional.of(first), false, "token");
    assertThat(fixture.history.snapshots().take(fixture.space, right, Optional.empty()).unchanged())
        .isFalse();
  }

  @Test
  void repeatedRequestGivesTheFirstResultAndAnotherIsRefused() {
    fixture.put("a", "one");
    Optional<io.aifs.server.engine.WriteRequest> request = Optional.of(request("r1", "x"));
    SnapshotService.Taken first =
        fixture.history.snapshots().take(fixture.space, order(MAIN), request);
    fixture.put("b", "two");

    SnapshotService.Taken again =
        fixture.history.snapshots().take(fixture.space, order(MAIN), request);

    assertThat(again.snapshot().id()).isEqualTo(first.snapshot().id());
    assertRefused(
        Reason.REQUEST_ID_REUSED,
        () ->
            fixture
                .history
                .snapshots()
                .take(fixture.space, order(MAIN), Optional.of(request("r1", "y"))));
  }

  @Test
  void unknownBranchesAndSnapshotsOfOtherNamespacesAreNotFound() {
    NamespaceRow other = fixture.namespace("other");
    SnapshotId theirs = fixture.history.snapshots().root(other);

    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> get(theirs));
    assertRefused(Reason.SNAPSHOT_NOT_FOUND, () -> get(UNKNOWN));
    assertRefused(
        Reason.REF_NOT_FOUND,
        () ->
            fixture
                .history
                .snapshots()
                .take(fixture.space, order(new Name("nope")), Optional.empty()));
  }

  private void get(SnapshotId id) {
    assertThat(fixture.history.snapshots().get(fixture.space, id)).isNotNull();
  }

  @Test
  void textsOverTheirLimitsAreRefused() {
    TakeOrder order =
        new TakeOrder(MAIN, "", "x".repeat(5_000), Map.of(), Optional.empty(), true, "token");
    assertRefused(
        Reason.LIMIT_EXCEEDED,
        () -> fixture.history.snapshots().take(fixture.space, order, Optional.empty()));
  }

  @Test
  void prunedSnapshotIsGoneAndHistoryGoesOnAroundIt() {
    SnapshotId root = fixture.head(MAIN);
    SnapshotId first = fixture.commit(MAIN, "a", "one");
    SnapshotId second = fixture.commit(MAIN, "b", "two");

    fixture.history.snapshots().prune(fixture.space, first);
    fixture.history.snapshots().prune(fixture.space, first);

    assertRefused(Reason.SNAPSHOT_PRUNED, () -> get(first));
    assertThat(fixture.resolve("main~2").id()).isEqualTo(root);
    assertRefused(Reason.SNAPSHOT_PRUNED, () -> fixture.resolve("main~1"));
    assertRefused(
        Reason.SNAPSHOT_REFERENCED, () -> fixture.history.snapshots().prune(fixture.space, second));
    assertRefused(
        Reason.SNAPSHOT_NOT_FOUND, () -> fixture.history.snapshots().prune(fixture.space, UNKNOWN));
    fixture
        .history
        .tags()
        .make(fixture.space, new Name("v1"), root, new Mover("token"), Optional.empty());
    assertRefused(
        Reason.SNAPSHOT_REFERENCED, () -> fixture.history.snapshots().prune(fixture.space, root));
  }

  @Test
  void keysAreRotatedAndOldSnapshotsStillVerify() {
    SnapshotId before = fixture.commit(MAIN, "a", "one");
    fixture.keys.rotate(fixture.space);
    SnapshotId after = fixture.commit(MAIN, "b", "two");

    assertThat(fixture.resolve("snap:" + before).statement().signedBy())
        .isNotEqualTo(fixture.resolve("snap:" + after).statement().signedBy());
  }

  @Test
  void snapshotThatIsNotWhatWasSignedIsNeverExposed() {
    SnapshotRow row =
        fixture.history.snapshots().row(fixture.space, fixture.commit(MAIN, "a", "x"));
    for (int at = 0; at < row.statement().length; at++) {
      byte[] changed = row.statement().clone();
      changed[at] ^= 1;
      assertDamaged(new SnapshotRow(row.node(), row.roots(), changed, row.signature()));
    }
    for (int at = 0; at < row.signature().length; at++) {
      byte[] changed = row.signature().clone();
      changed[at] ^= 1;
      assertDamaged(new SnapshotRow(row.node(), row.roots(), row.statement(), changed));
    }
    assertDamaged(
        new SnapshotRow(row.node(), SnapshotRoots.EMPTY, row.statement(), row.signature()));
    SnapshotNode node = row.node();
    assertDamaged(
        new SnapshotRow(
            new SnapshotNode(node.id(), node.createdAt(), 1, List.of(), false),
            row.roots(),
            row.statement(),
            row.signature()));
    assertDamaged(
        new SnapshotRow(
            new SnapshotNode(UNKNOWN, node.createdAt(), 2, node.parents(), false),
            row.roots(),
            row.statement(),
            row.signature()));
    assertThat(fixture.history.verification().require(fixture.space, row)).isNotNull();
  }

  private void assertDamaged(SnapshotRow row) {
    assertRefused(
        Reason.SNAPSHOT_DAMAGED,
        () -> assertThat(fixture.history.verification().require(fixture.space, row)).isNull());
  }

  @Test
  void fsckNamesSnapshotsThatAreNotWhatWasSigned() {
    SnapshotRow row =
        fixture.history.snapshots().row(fixture.space, fixture.commit(MAIN, "a", "x"));
    assertThat(broken()).isEmpty();
    SnapshotNode node = row.node();
    SnapshotRow other =
        new SnapshotRow(
            new SnapshotNode(UNKNOWN, node.createdAt(), 2, node.parents(), false),
            row.roots(),
            row.statement(),
            row.signature());
    var _ =
        fixture.catalog.<Boolean>write(
            writer -> {
              writer.snapshots().add(fixture.space.number(), other);
              return true;
            });

    assertThat(broken()).hasSize(1);
    assertThat(broken().getFirst()).contains(UNKNOWN.hex()).contains("not what was signed");
    assertRefused(Reason.SNAPSHOT_DAMAGED, () -> get(UNKNOWN));
  }

  private List<String> broken() {
    List<String> messages = new ArrayList<>();
    new SnapshotFindings(fixture.catalog, fixture.history.verification())
        .check(finding -> messages.add(finding.message()));
    return messages;
  }

  @Test
  void eventsTellOfSnapshotsAndMovesInTheSameTransaction() {
    SnapshotId id = fixture.commit(MAIN, "a", "one");

    List<EventRow> events =
        fixture.catalog.read(reader -> reader.events().after(fixture.space.number(), 0, 100));
    assertThat(events)
        .extracting(EventRow::type)
        .containsExactly("asset.put", "snapshot.create", "ref.move", "snapshot.create", "ref.move");
    assertThat(events.getLast().details()).containsEntry("to", id.hex());
  }
}

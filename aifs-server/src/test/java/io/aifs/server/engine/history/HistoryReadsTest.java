package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static io.aifs.server.engine.history.HistoryFixture.assertRefused;
import static io.aifs.server.engine.history.HistoryFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.engine.TreeService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log, diff, checkout, checks, proofs, and snapshots of assets. */
class HistoryReadsTest {
  private static final Name SIDE = new Name("side");

  @TempDir Path dir;
  private HistoryFixture fixture;
  private SnapshotId root;
  private SnapshotId first;
  private SnapshotId second;

  @BeforeEach
  void open() {
    fixture = new HistoryFixture(dir);
    root = fixture.head(MAIN);
    fixture.put("d/x", "ex");
    first = fixture.commit(MAIN, "a", "one");
    second = fixture.commit(MAIN, "b", "two");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<SnapshotId> log(SnapshotId from, String path) {
    List<SnapshotId> all = new ArrayList<>();
    Optional<SnapshotId> after = Optional.empty();
    List<SnapshotId> page = logPage(from, path, after);
    while (!page.isEmpty()) {
      all.addAll(page);
      after = Optional.of(page.getLast());
      page = logPage(from, path, after);
    }
    return all;
  }

  private List<SnapshotId> logPage(SnapshotId from, String path, Optional<SnapshotId> after) {
    return fixture.history.log().log(fixture.space, from, new TreePath(path), after, 2).stream()
        .map(VerifiedSnapshot::id)
        .toList();
  }

  @Test
  void logShowsChildrenBeforeParentsInPages() {
    fixture.start("side", first);
    SnapshotId side = fixture.commit(SIDE, "c", "three");
    fixture
        .history
        .merges()
        .merge(
            fixture.space,
            new MergeOrder(
                MAIN,
                io.aifs.server.snapshot.MergeChoice.UNRESOLVED,
                Map.of(),
                false,
                true,
                false,
                "",
                "",
                Optional.empty(),
                "t"),
            Ref.ofBranch(SIDE),
            Optional.empty());
    SnapshotId merged = fixture.head(MAIN);

    assertThat(log(merged, "")).containsExactly(merged, side, second, first, root);
    assertThat(log(side, "")).containsExactly(side, first, root);
    fixture.history.snapshots().prune(fixture.space, second);
    assertThat(log(merged, "")).containsExactly(merged, side, first, root);
  }

  @Test
  void logOfAPathShowsWhatChangedItOrWhatIsBelow() {
    SnapshotId third = fixture.commit(MAIN, "d/y", "why");
    fixture.remove(MAIN, "a");
    SnapshotId fourth = fixture.take();

    assertThat(log(fourth, "d")).containsExactly(third, first);
    assertThat(log(fourth, "a")).containsExactly(fourth, first);
    assertThat(log(fourth, "d/x")).containsExactly(first);
    assertThat(log(fourth, "nope")).isEmpty();
  }

  private List<String> diff(Optional<Ref> from, Ref to, String path) {
    List<String> all = new ArrayList<>();
    Optional<AssetSnapshots.Position> after = Optional.empty();
    DiffService.Question question =
        new DiffService.Question(from, to, new TreePath(path), false, true);
    boolean more = true;
    while (more) {
      DiffService.Differences page = fixture.history.diff().diff(fixture.space, question, after, 1);
      for (DiffService.Change change : page.changes()) {
        String sign =
            change.difference().before().isEmpty()
                ? "+"
                : change.difference().after().isEmpty() ? "-" : "*";
        all.add(sign + change.difference().path());
        after =
            Optional.of(new AssetSnapshots.Position(change.unnamed(), change.difference().path()));
      }
      more = page.more();
    }
    return all;
  }

  @Test
  void diffShowsWhatDiffersInPages() {
    fixture.remove(MAIN, "a");
    fixture.put("b", "other");
    fixture.put("d/z", "new");

    assertThat(diff(Optional.of(new Ref.Snapshot(root)), new Ref.Snapshot(second), ""))
        .containsExactly("+a", "+b", "+d/x");
    assertThat(diff(Optional.empty(), Ref.MAIN, "")).containsExactly("-a", "*b", "+d/z");
    assertThat(diff(Optional.empty(), Ref.MAIN, "d")).containsExactly("+d/z");
    assertThat(diff(Optional.empty(), Ref.MAIN, "b")).containsExactly("*b");
    assertThat(diff(Optional.of(Ref.MAIN), Ref.MAIN, "")).isEmpty();
    assertThat(diff(Optional.of(new Ref.Snapshot(second)), new Ref.Snapshot(first), ""))
        .containsExactly("-b");
  }

  @Test
  void diffComparesUnnamedPartsIfAsked() {
    Digest asset = fixture.asset("alone");
    VerifiedSnapshot alone = fixture.history.assets().take(fixture.space, List.of(asset), Map.of());

    assertThat(diff(Optional.of(new Ref.Snapshot(root)), new Ref.Snapshot(alone.id()), ""))
        .containsExactly("+" + asset.hex());
  }

  private TreeService.Change checkout(Ref from, String path, String to) {
    return fixture
        .history
        .checkouts()
        .checkout(
            fixture.space, MAIN, from, new TreePath(path), new TreePath(to), Optional.empty());
  }

  @Test
  void checkoutMakesAPathWhatItWas() {
    fixture.remove(MAIN, "d/x");
    fixture.put("d/later", "x");
    fixture.put("a", "changed");

    assertThat(checkout(new Ref.Snapshot(first), "d", "d").entries()).isEqualTo(1);
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b", "d/x");
    assertThat(checkout(new Ref.Snapshot(first), "a", "copy/of/a").entries()).isEqualTo(1);
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b", "copy/of/a", "d/x");
    assertThat(diff(Optional.empty(), Ref.MAIN, "")).containsExactly("*a", "+copy/of/a");

    assertThat(checkout(new Ref.Snapshot(first), "", "").entries()).isEqualTo(2);
    assertThat(fixture.paths(MAIN)).containsExactly("a", "d/x");
    assertThat(diff(Optional.of(new Ref.Snapshot(first)), Ref.MAIN, "")).isEmpty();
    assertThat(fixture.take()).isNotEqualTo(first);
    assertThat(fixture.resolve("main").roots()).isEqualTo(fixture.resolve("snap:" + first).roots());
  }

  @Test
  void checkoutOfWhatIsNotThereOrDoesNotFitIsRefused() {
    assertRefused(Reason.PATH_NOT_FOUND, () -> checkout(new Ref.Snapshot(first), "b", "b"));
    assertRefused(Reason.NOT_A_DIRECTORY, () -> checkout(new Ref.Snapshot(first), "d", "a/below"));
    assertRefused(Reason.REF_NOT_FOUND, () -> checkout(Ref.ofBranch(new Name("nope")), "a", "a"));
    assertThat(fixture.paths(MAIN)).containsExactly("a", "b", "d/x");
  }

  @Test
  void repeatedCheckoutHappensOnce() {
    var request = Optional.of(request("c", "x"));
    TreeService.Change restored =
        fixture
            .history
            .checkouts()
            .checkout(
                fixture.space,
                MAIN,
                new Ref.Snapshot(first),
                TreePath.ROOT,
                TreePath.ROOT,
                request);
    fixture.put("later", "x");

    assertThat(
            fixture
                .history
                .checkouts()
                .checkout(
                    fixture.space,
                    MAIN,
                    new Ref.Snapshot(first),
                    TreePath.ROOT,
                    TreePath.ROOT,
                    request))
        .isEqualTo(restored);
    assertThat(fixture.paths(MAIN)).contains("later");
  }

  @Test
  void snapshotOfAssetsHoldsExactlyThoseAndMovesNothing() {
    Digest one = fixture.asset("alpha");
    Digest two = fixture.asset("beta");

    VerifiedSnapshot made =
        fixture.history.assets().take(fixture.space, List.of(two, one, two), Map.of("k", "v"));

    assertThat(made.statement().parents()).isEmpty();
    assertThat(made.statement().metadata()).isEqualTo(Map.of("k", "v"));
    assertThat(made.roots().unnamed().entries()).isEqualTo(2);
    assertThat(made.roots().paths().isEmpty()).isTrue();
    assertThat(fixture.head(MAIN)).isEqualTo(second);
    assertThat(members(made)).containsExactlyInAnyOrder(one, two);
  }

  private List<Digest> members(VerifiedSnapshot snapshot) {
    List<Digest> all = new ArrayList<>();
    Optional<AssetSnapshots.Position> after = Optional.empty();
    List<AssetSnapshots.Member> page;
    do {
      page = fixture.history.assets().members(fixture.space, snapshot, after, 2);
      page.forEach(member -> all.add(member.asset()));
      after =
          page.isEmpty()
              ? after
              : Optional.of(
                  AssetSnapshots.position(AssetSnapshots.text(page.getLast().position())));
    } while (!page.isEmpty());
    return all;
  }

  @Test
  void membersAreThoseOfPathsAndThenTheUnnamed() {
    assertThat(members(fixture.resolve("main")))
        .containsExactly(fixture.asset("one"), fixture.asset("two"), fixture.asset("ex"));
  }

  @Test
  void unknownDeletedAndForeignAssetsAreNotFound() {
    Digest unknown = Digest.of(new byte[] {1, 2, 3});
    Digest deleted = fixture.asset("gone");
    var _ =
        fixture.catalog.<Boolean>write(
            writer -> {
              writer
                  .assets()
                  .delete(
                      fixture.space.number(),
                      new Tombstone(
                          deleted,
                          io.aifs.core.model.AssetKind.BLOB,
                          4,
                          HistoryFixture.NOON,
                          "ada",
                          ""));
              return true;
            });
    assertRefused(Reason.ASSET_NOT_FOUND, () -> takeOf(unknown));
    assertRefused(Reason.ASSET_DELETED, () -> takeOf(deleted));
    var other = fixture.namespace("other");
    assertRefused(
        Reason.ASSET_NOT_FOUND,
        () -> fixture.history.assets().take(other, List.of(fixture.asset("one")), Map.of()).id());
  }

  private void takeOf(Digest id) {
    fixture.history.assets().take(fixture.space, List.of(id, fixture.asset("one")), Map.of());
  }

  @Test
  void checkRecomputesEverythingAndNamesWhatIsWrong() {
    SnapshotChecks.Verdict good = check(Optional.empty());
    assertThat(good.valid()).isTrue();
    assertThat(good.entries()).isEqualTo(3);
    assertThat(good.nodes()).isPositive();

    VerifyingKey wrong = fixture.keys.current(fixture.namespace("other")).key();
    SnapshotChecks.Verdict otherKey = check(Optional.of(wrong));
    assertThat(otherKey.valid()).isFalse();
    assertThat(otherKey.signatureValid()).isFalse();
    assertThat(otherKey.problems()).hasSize(1);

    fixture.trees.damage(fixture.resolve("main").roots().paths().node());
    SnapshotChecks.Verdict damaged = check(Optional.empty());
    assertThat(damaged.valid()).isFalse();
    assertThat(damaged.signatureValid()).isTrue();
    assertThat(damaged.problems().getFirst()).contains("tree node");
  }

  private SnapshotChecks.Verdict check(Optional<VerifyingKey> key) {
    return fixture.history.checks().check(fixture.space, second, key);
  }

  @Test
  void proofsAreOfWhatIsThere() throws IOException {
    VerifiedSnapshot main = fixture.resolve("main");
    byte[] proof = fixture.history.checks().prove(fixture.space, main, new TreePath("d/x"));

    assertThat(SnapshotProof.decode(proof).entry().path()).isEqualTo(new TreePath("d/x"));
    assertRefused(
        Reason.PATH_NOT_FOUND,
        () ->
            assertThat(fixture.history.checks().prove(fixture.space, main, new TreePath("d")))
                .isNull());
    Digest asset = fixture.asset("alone");
    VerifiedSnapshot alone = fixture.history.assets().take(fixture.space, List.of(asset), Map.of());
    assertThat(
            SnapshotProof.decode(fixture.history.checks().prove(fixture.space, alone, asset))
                .part())
        .isEqualTo(SnapshotProof.Part.UNNAMED);
  }
}

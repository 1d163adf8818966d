package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.client.ConflictChoice;
import io.aifs.client.Content;
import io.aifs.client.DiffOptions;
import io.aifs.client.FilePut;
import io.aifs.client.History;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathDifference;
import io.aifs.client.PutOptions;
import io.aifs.client.Refs;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots, branches and tags as a Java client sees them; each test ends in a clean fsck. */
class EmbeddedHistoryTest {
  private static final Name MAIN = Name.MAIN_BRANCH;
  private static final Name TRIAL = new Name("trial");

  /** The first test vector's of RFC 8032. */
  private static final byte[] OTHER_KEY =
      HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  @TempDir Path home;
  private AifsClient client;

  @BeforeEach
  void createStore() {
    StoreOptions options =
        new StoreOptions(
            home.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            home.resolve("config"),
            home.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    client = EmbeddedAifs.open(options);
  }

  @AfterEach
  void requireCleanFsck() {
    List<CheckEvent> findings = new ArrayList<>();
    client
        .maintenance()
        .fsck(
            true,
            event -> {
              if (event instanceof CheckEvent.Finding) {
                findings.add(event);
              }
            });
    client.close();
    assertThat(findings).isEmpty();
  }

  private void put(Name branch, String path, String content) {
    client
        .tree()
        .putFiles(
            branch,
            List.of(
                new FilePut(
                    new TreePath(path),
                    new FilePut.What.Data(content.getBytes(StandardCharsets.UTF_8)),
                    FileAttributes.PLAIN_FILE)));
  }

  private SnapshotSummary snapshot(Name branch, String message) {
    History.Taken taken = client.history().take(branch, SnapshotOptions.of(message));
    assertThat(taken.unchanged()).isFalse();
    return taken.snapshot();
  }

  private List<String> paths(Ref ref) {
    Tree.PathPage page = client.tree().list(ref, TreePath.ROOT, true, 100, Optional.empty());
    return page.paths().stream().map(path -> path.path().value()).toList();
  }

  private List<String> changes(DiffOptions options) {
    return client
        .history()
        .diff(options)
        .paths()
        .map(
            path ->
                (path.before().isEmpty() ? "+" : path.after().isEmpty() ? "-" : "~") + path.path())
        .toList();
  }

  private static Ref at(SnapshotSummary snapshot) {
    return new Ref.Snapshot(snapshot.id());
  }

  @Test
  void snapshotsStayAsTheyAreWhileTheBranchGoesOn() {
    put(MAIN, "d/a", "A");
    put(MAIN, "d/b", "B");
    SnapshotSummary first =
        client
            .history()
            .take(
                MAIN,
                new SnapshotOptions("first", "ada", Map.of("k", "v"), Optional.empty(), false))
            .snapshot();
    assertThat(first.author()).isEqualTo("ada");
    assertThat(first.metadata()).containsEntry("k", "v");
    assertThat(first.contentBytes()).isEqualTo(2);
    assertThat(client.history().take(MAIN, SnapshotOptions.of("again")).unchanged()).isTrue();

    client.tree().remove(MAIN, List.of(new TreePath("d/a")), false);
    put(MAIN, "c", "C");
    assertThat(paths(Ref.MAIN)).contains("c", "d/b").doesNotContain("d/a");
    assertThat(paths(Ref.parse("main~0"))).contains("d/a", "d/b").doesNotContain("c");
    assertThat(changes(DiffOptions.changesOf(Ref.MAIN))).contains("+c", "-d/a");
    assertThat(client.refs().branch(MAIN).changed()).isTrue();

    SnapshotSummary second = snapshot(MAIN, "second");
    assertThat(second.parents()).containsExactly(first.id());
    assertThat(paths(Ref.parse("main~1"))).isEqualTo(paths(at(first)));
    assertThat(client.history().describe(Ref.MAIN).id()).isEqualTo(second.id());
    assertThat(client.history().log(Ref.MAIN, TreePath.ROOT).map(SnapshotSummary::id))
        .startsWith(second.id(), first.id());
    assertThat(client.history().log(Ref.MAIN, new TreePath("d/b")).map(SnapshotSummary::id))
        .containsExactly(first.id());
    assertThat(client.history().list()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void unnamedAssetsAreInSnapshots() {
    Digest id = client.assets().put(PutOptions.blob(), Content.of(new byte[] {1})).id();
    assertThat(client.history().diff(DiffOptions.changesOf(Ref.MAIN)).paths().toList())
        .singleElement()
        .satisfies(change -> assertThat(change.unnamed()).isTrue())
        .extracting(PathDifference::path)
        .isEqualTo(new TreePath(id.hex()));
    SnapshotSummary taken = snapshot(MAIN, "m");
    assertThat(taken.unnamed()).isEqualTo(1);
    assertThat(client.history().assets(at(taken)).toList()).containsExactly(id);
    assertThat(client.history().prove(at(taken), new History.Subject.OfUnnamed(id)).bytes())
        .isNotEmpty();
  }

  @Test
  void branchesMoveOnlyFromWhereTheyAreExpected() {
    put(MAIN, "a", "A");
    SnapshotSummary first = snapshot(MAIN, "first");
    put(MAIN, "b", "B");
    SnapshotSummary second = snapshot(MAIN, "second");
    Refs refs = client.refs();
    assertThat(refs.startBranch(TRIAL, at(first), Map.of(), "try").snapshot())
        .isEqualTo(first.id());
    assertThat(paths(Ref.ofBranch(TRIAL))).containsExactly("a");
    assertThatThrownBy(() -> refs.moveBranch(TRIAL, at(second), second.id(), false, ""))
        .isInstanceOf(AifsException.Conflict.class);
    put(TRIAL, "c", "C");
    assertThatThrownBy(() -> refs.moveBranch(TRIAL, at(second), first.id(), false, ""))
        .isInstanceOf(AifsException.Precondition.class);
    assertThat(refs.moveBranch(TRIAL, at(second), first.id(), true, "on").snapshot())
        .isEqualTo(second.id());
    assertThat(paths(Ref.ofBranch(TRIAL))).containsExactly("a", "b");
    SnapshotId kept = refs.moves(TRIAL).toList().getFirst().from().orElseThrow();
    assertThat(paths(new Ref.Snapshot(kept))).containsExactly("a", "c");

    refs.protectBranch(TRIAL, true);
    assertThatThrownBy(() -> refs.endBranch(TRIAL, true, ""))
        .isInstanceOf(AifsException.Precondition.class);
    refs.protectBranch(TRIAL, false);
    assertThat(refs.endBranch(TRIAL, false, "over")).isEqualTo(second.id());
    assertThat(refs.moves(TRIAL).toList().getFirst().to()).isEmpty();
    assertThat(refs.branches().map(Refs.Branch::name)).containsExactly(MAIN);
  }

  @Test
  void tagsNeverMeanAnotherSnapshot() {
    put(MAIN, "a", "A");
    SnapshotSummary first = snapshot(MAIN, "first");
    Name tag = new Name("v1");
    client.refs().makeTag(tag, Ref.MAIN, Map.of("k", "v"));
    put(MAIN, "b", "B");
    snapshot(MAIN, "second");
    assertThat(paths(Ref.parse("v1"))).containsExactly("a");
    assertThatThrownBy(() -> put(tag, "x", "X"))
        .isInstanceOfSatisfying(
            AifsException.Precondition.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY_REF));
    client.refs().deleteTag(tag);
    assertThatThrownBy(() -> client.refs().makeTag(tag, Ref.MAIN, Map.of()))
        .isInstanceOf(AifsException.AlreadyExists.class);
    client.refs().makeTag(tag, at(first), Map.of());
    assertThat(client.refs().tags().map(Refs.Tag::snapshot)).containsExactly(first.id());
  }

  @Test
  void mergesTakeBothSidesAndAskAboutConflicts() {
    put(MAIN, "both", "base");
    SnapshotSummary base = snapshot(MAIN, "base");
    client.refs().startBranch(TRIAL, Ref.MAIN, Map.of(), "");
    put(TRIAL, "t", "T");
    put(TRIAL, "both", "theirs");
    SnapshotSummary theirs = snapshot(TRIAL, "theirs");
    put(MAIN, "m", "M");
    put(MAIN, "both", "ours");
    SnapshotSummary ours = snapshot(MAIN, "ours");
    Ref trial = Ref.ofBranch(TRIAL);

    MergeOutcome stopped = client.history().merge(MAIN, trial, MergeOptions.PLAIN);
    assertThat(stopped.kind()).isEqualTo(MergeOutcome.Kind.CONFLICTS);
    assertThat(stopped.base()).contains(base.id());
    assertThat(stopped.conflicts()).extracting(c -> c.path().value()).containsExactly("both");
    assertThat(client.history().describe(Ref.MAIN).id()).isEqualTo(ours.id());

    MergeOutcome merged =
        client
            .history()
            .merge(
                MAIN,
                trial,
                new MergeOptions(
                    ConflictChoice.FAIL,
                    Map.of(new TreePath("both"), ConflictChoice.THEIRS),
                    false,
                    false,
                    false,
                    "merged",
                    "ada",
                    Optional.of(ours.id())));
    assertThat(merged.kind()).isEqualTo(MergeOutcome.Kind.MERGED);
    assertThat(merged.snapshot().orElseThrow().parents()).containsExactly(ours.id(), theirs.id());
    assertThat(paths(Ref.MAIN)).containsExactly("both", "m", "t");
    assertThat(client.history().merge(TRIAL, Ref.MAIN, MergeOptions.PLAIN).kind())
        .isEqualTo(MergeOutcome.Kind.FAST_FORWARD);
    assertThat(client.history().merge(TRIAL, Ref.MAIN, MergeOptions.PLAIN).kind())
        .isEqualTo(MergeOutcome.Kind.UP_TO_DATE);

    MergeOutcome reverted = client.history().revert(MAIN, at(ours), MergeOptions.PLAIN);
    assertThat(reverted.kind()).isEqualTo(MergeOutcome.Kind.CONFLICTS);
    put(MAIN, "late", "L");
    SnapshotSummary late = snapshot(MAIN, "late");
    assertThat(client.history().revert(MAIN, at(late), MergeOptions.PLAIN).kind())
        .isEqualTo(MergeOutcome.Kind.MERGED);
    assertThat(paths(Ref.MAIN)).containsExactly("both", "m", "t");
  }

  @Test
  void checkoutBringsBackWhatWas() {
    put(MAIN, "d/a", "A");
    SnapshotSummary first = snapshot(MAIN, "first");
    put(MAIN, "d/a", "changed");
    put(MAIN, "d/b", "B");
    assertThat(client.history().checkout(MAIN, new TreePath("old"), at(first), new TreePath("d")))
        .isPositive();
    assertThat(paths(Ref.MAIN)).contains("old/a", "d/b");
    client.history().checkout(MAIN, new TreePath("d"), at(first), new TreePath("d"));
    assertThat(paths(Ref.MAIN)).contains("d/a").doesNotContain("d/b");
    client.history().checkout(MAIN, TreePath.ROOT, at(first), TreePath.ROOT);
    assertThat(changes(DiffOptions.changesOf(Ref.MAIN))).isEmpty();
  }

  @Test
  void snapshotsAreCheckedProvedAndPruned() {
    put(MAIN, "a", "A");
    SnapshotSummary first = snapshot(MAIN, "first");
    History.Verdict verdict = client.history().check(at(first), Optional.empty());
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.valid()).isTrue();
    assertThat(client.history().check(at(first), Optional.of(OTHER_KEY)).signatureValid())
        .isFalse();
    History.Proof proof =
        client.history().prove(at(first), new History.Subject.OfPath(new TreePath("a")));
    assertThat(proof.snapshot()).isEqualTo(first.id());
    assertThat(proof.bytes()).hasSizeBetween(100, 8 << 10);
    assertThatThrownBy(() -> client.history().prune(first.id()))
        .isInstanceOf(AifsException.Precondition.class);
    assertThatThrownBy(() -> client.history().describe(Ref.parse("none")))
        .isInstanceOf(AifsException.NotFound.class);
  }
}

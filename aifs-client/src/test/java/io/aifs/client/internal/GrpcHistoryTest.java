package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.ConflictChoice;
import io.aifs.client.DiffOptions;
import io.aifs.client.History;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathDifference;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.Directory;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.PathChange;
import io.aifs.proto.v1.PathConflict;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.TakeSnapshotRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcHistoryTest {
  private static final Name BRANCH = new Name("trial");
  private static final Ref REF = Ref.parse("trial~2");
  private static final SnapshotId EXPECTED = new SnapshotId(FakeHistory.id(9));

  private final FakeHistory fake = new FakeHistory();
  private TestServer server;
  private History history;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake.services());
    history = server.client().history();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takingSaysEverythingAndIsRetriedUnderOneId() {
    fake.failures.add(FakeFailures.unavailable());
    History.Taken taken =
        history.take(
            BRANCH,
            new SnapshotOptions("msg", "ada", Map.of("k", "v"), Optional.of(EXPECTED), true));
    assertThat(taken.unchanged()).isTrue();
    assertThat(taken.snapshot().id().hex()).isEqualTo(FakeHistory.id(1));
    assertThat(fake.requests).hasSize(2);
    TakeSnapshotRequest request = (TakeSnapshotRequest) fake.requests.getLast();
    assertThat(fake.requests.getFirst()).isEqualTo(request);
    assertThat(request.getNamespace()).isEqualTo("papers");
    assertThat(request.getBranch()).isEqualTo("trial");
    assertThat(request.getMessage()).isEqualTo("msg");
    assertThat(request.getAuthor()).isEqualTo("ada");
    assertThat(request.getMetadataMap()).containsEntry("k", "v");
    assertThat(request.getExpectedSnapshotId()).isEqualTo(EXPECTED.hex());
    assertThat(request.getAllowUnchanged()).isTrue();
    assertThat(server.sent(TestServer.REQUEST_ID))
        .containsExactly(request.getRequestId(), request.getRequestId());
  }

  @Test
  void aSnapshotIsGivenWithAllItSays() {
    SnapshotSummary snapshot = history.describe(REF);
    assertThat(snapshot.id().hex()).isEqualTo(FakeHistory.id(2));
    assertThat(snapshot.namespace()).hasToString("papers");
    assertThat(snapshot.merkleRoot().hex()).isEqualTo(FakeHistory.ROOT);
    assertThat(snapshot.createdAt()).isEqualTo(Instant.parse("2026-11-26T08:00:00.123456Z"));
    assertThat(snapshot.parents()).containsExactly(new SnapshotId(FakeHistory.id(3)));
    assertThat(snapshot.statement()).asString(StandardCharsets.UTF_8).isEqualTo("statement");
    assertThat(snapshot.signature()).asString(StandardCharsets.UTF_8).isEqualTo("signature");
    assertThat(List.of(snapshot.entries(), snapshot.contentBytes(), snapshot.unnamed()))
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void anotherSnapshotThanTheOneAskedForIsRefused() {
    Ref two = new Ref.Snapshot(new SnapshotId(FakeHistory.id(2)));
    assertThat(history.describe(two).message()).isEqualTo("number 2");
    assertThatThrownBy(() -> history.describe(new Ref.Snapshot(EXPECTED)))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("about snapshot " + FakeHistory.id(2));
  }

  @Test
  void listsAskForTheNextPageWhenTheyGetThere() {
    IntStream.range(0, 5).forEach(i -> fake.snapshots.add(FakeHistory.snapshot(i)));
    assertThat(history.list().map(SnapshotSummary::message))
        .containsExactly("number 0", "number 1", "number 2", "number 3", "number 4");
    assertThat(fake.requests).hasSize(3);
    fake.requests.clear();
    Iterator<SnapshotSummary> log = history.log(REF, new TreePath("a")).limit(2).iterator();
    assertThat(log).toIterable().hasSize(2);
    assertThat(fake.requests).hasSize(1);
    LogRequest request = (LogRequest) fake.requests.getFirst();
    assertThat(request.getRef()).isEqualTo("trial~2");
    assertThat(request.getPath()).isEqualTo("a");
    assertThat(history.assets(REF)).hasSize(2).containsOnly(Digest.parse(FakeHistory.ROOT));
  }

  @Test
  void pagesThatGoInCirclesAreNotFollowed() {
    fake.snapshots.add(FakeHistory.snapshot(1));
    fake.snapshots.add(FakeHistory.snapshot(2));
    fake.circular = true;
    assertThatThrownBy(() -> history.list().count())
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("names itself");
  }

  @Test
  void checkingAndProvingAskWhatTheyAreTold() {
    assertThat(history.check(REF, Optional.of(new byte[32])))
        .isEqualTo(
            new History.Verdict(
                new SnapshotId(FakeHistory.id(2)), false, true, List.of("bit 7"), 8, 9));
    CheckSnapshotRequest check = (CheckSnapshotRequest) fake.requests.getFirst();
    assertThat(check.getPublicKey().size()).isEqualTo(32);
    assertThat(history.prove(REF, new History.Subject.OfPath(new TreePath("a"))).bytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("proof");
    assertThat(((ProveEntryRequest) fake.requests.get(1)).getPath()).isEqualTo("a");
    history.prove(REF, new History.Subject.OfUnnamed(Digest.parse(FakeHistory.ROOT)));
    assertThat(((ProveEntryRequest) fake.requests.get(2)).getAssetId()).isEqualTo(FakeHistory.ROOT);
  }

  @Test
  void differencesComeInPages() {
    fake.diffs.add(
        DiffResponse.newBuilder()
            .addChanges(PathChange.newBuilder().setPath("a").setAfter(directory("a")))
            .setFromSnapshotId(FakeHistory.id(1))
            .setNextPageToken("1")
            .build());
    fake.diffs.add(
        DiffResponse.newBuilder()
            .addChanges(
                PathChange.newBuilder()
                    .setPath("b")
                    .setBefore(directory("b"))
                    .setAfter(directory("b"))
                    .setAttributesOnly(true))
            .setFromSnapshotId(FakeHistory.id(1))
            .build());
    History.Differences differences =
        history.diff(new DiffOptions(Optional.of(REF), Ref.MAIN, new TreePath("d"), true, true));
    assertThat(differences.from()).contains(new SnapshotId(FakeHistory.id(1)));
    assertThat(differences.to()).isEmpty();
    List<PathDifference> paths = differences.paths().toList();
    assertThat(paths).extracting(path -> path.path().value()).containsExactly("a", "b");
    assertThat(paths.getFirst().before()).isEmpty();
    assertThat(paths.getLast().attributesOnly()).isTrue();
    DiffRequest request = (DiffRequest) fake.requests.getFirst();
    assertThat(request.getFrom()).isEqualTo("trial~2");
    assertThat(request.getTo()).isEqualTo("main");
    assertThat(request.getPath()).isEqualTo("d");
    assertThat(request.getAttributes()).isTrue();
    assertThat(request.getUnnamed()).isTrue();

    fake.diffs.set(
        0,
        DiffResponse.newBuilder().addChanges(PathChange.newBuilder().setPath("nowhere")).build());
    assertThatThrownBy(() -> history.diff(DiffOptions.changesOf(Ref.MAIN)))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("on neither side");
  }

  private static PathInfo directory(String path) {
    return PathInfo.newBuilder().setPath(path).setDirectory(Directory.getDefaultInstance()).build();
  }

  @Test
  void mergesCarryEveryChoiceAndTellEveryConflict() {
    fake.merge =
        MergeResponse.newBuilder()
            .setOutcome(MergeResponse.Outcome.OUTCOME_CONFLICTS)
            .setBaseSnapshotId(FakeHistory.id(4))
            .addConflicts(
                PathConflict.newBuilder()
                    .setPath("a")
                    .setOurs(directory("a"))
                    .setChoice(io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_THEIRS))
            .setConflictCount(1)
            .build();
    MergeOutcome outcome =
        history.merge(
            BRANCH,
            REF,
            new MergeOptions(
                ConflictChoice.OURS,
                Map.of(new TreePath("a"), ConflictChoice.THEIRS),
                true,
                true,
                true,
                "msg",
                "ada",
                Optional.of(EXPECTED)));
    assertThat(outcome.kind()).isEqualTo(MergeOutcome.Kind.CONFLICTS);
    assertThat(outcome.snapshot()).isEmpty();
    assertThat(outcome.base()).contains(new SnapshotId(FakeHistory.id(4)));
    assertThat(outcome.conflicts().getFirst().choice()).isEqualTo(ConflictChoice.THEIRS);
    assertThat(outcome.conflicts().getFirst().theirs()).isEmpty();
    MergeRequest request = (MergeRequest) fake.requests.getFirst();
    assertThat(request.getIntoBranch()).isEqualTo("trial");
    assertThat(request.getFrom()).isEqualTo("trial~2");
    assertThat(request.getChoice()).isEqualTo(io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_OURS);
    assertThat(request.getChoicesMap())
        .containsExactly(Map.entry("a", io.aifs.proto.v1.ConflictChoice.CONFLICT_CHOICE_THEIRS));
    assertThat(request.getDryRun()).isTrue();
    assertThat(request.getNoFastForward()).isTrue();
    assertThat(request.getAllowUnrelated()).isTrue();
    assertThat(request.getRequestId()).hasSize(32);
  }

  @Test
  void revertsCheckoutsAndPrunesSayWhatIsMeant() {
    fake.merge =
        MergeResponse.newBuilder()
            .setOutcome(MergeResponse.Outcome.OUTCOME_MERGED)
            .setSnapshot(FakeHistory.snapshot(6))
            .setChangedPaths(2)
            .build();
    MergeOutcome outcome = history.revert(BRANCH, REF, MergeOptions.PLAIN);
    assertThat(outcome.snapshot().orElseThrow().id().hex()).isEqualTo(FakeHistory.id(6));
    assertThat(((RevertRequest) fake.requests.get(0)).getRef()).isEqualTo("trial~2");
    assertThat(history.checkout(BRANCH, new TreePath("b"), REF, new TreePath("a"))).isEqualTo(12);
    CheckoutRequest checkout = (CheckoutRequest) fake.requests.get(1);
    assertThat(checkout.getPath()).isEqualTo("a");
    assertThat(checkout.getToPath()).isEqualTo("b");
    history.checkout(BRANCH, new TreePath("a"), REF, new TreePath("a"));
    assertThat(((CheckoutRequest) fake.requests.get(2)).getToPath()).isEmpty();
    history.prune(EXPECTED);
    assertThat(((PruneSnapshotRequest) fake.requests.get(3)).getSnapshotId())
        .isEqualTo(EXPECTED.hex());

    fake.merge = MergeResponse.getDefaultInstance();
    assertThatThrownBy(() -> history.merge(BRANCH, REF, MergeOptions.PLAIN))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("no known outcome");
  }

  @Test
  void noSnapshotIsGivenThatTheCheckDoesNotBelieve() {
    fake.snapshots.add(FakeHistory.snapshot(1));
    fake.merge =
        MergeResponse.newBuilder()
            .setOutcome(MergeResponse.Outcome.OUTCOME_MERGED)
            .setSnapshot(FakeHistory.snapshot(6))
            .build();
    History wary =
        server.historyCheckedBy(
            snapshot -> {
              throw new IllegalStateException("not believed: " + snapshot.message());
            });
    assertThatThrownBy(() -> wary.describe(REF)).hasMessage("not believed: number 2");
    assertThatThrownBy(() -> wary.take(BRANCH, SnapshotOptions.of("m")))
        .hasMessage("not believed: number 1");
    assertThatThrownBy(() -> wary.list().toList()).hasMessage("not believed: number 1");
    assertThatThrownBy(() -> wary.log(REF, TreePath.ROOT).toList())
        .hasMessage("not believed: number 1");
    assertThatThrownBy(() -> wary.merge(BRANCH, REF, MergeOptions.PLAIN))
        .hasMessage("not believed: number 6");
    assertThatThrownBy(() -> wary.revert(BRANCH, REF, MergeOptions.PLAIN))
        .hasMessage("not believed: number 6");
  }
}

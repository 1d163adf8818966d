package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.ConflictChoice;
import io.aifs.proto.v1.CreateSnapshotRequest;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.ListBranchInfosRequest;
import io.aifs.proto.v1.ListBranchMovesRequest;
import io.aifs.proto.v1.ListBranchMovesResponse;
import io.aifs.proto.v1.ListSnapshotAssetsRequest;
import io.aifs.proto.v1.ListSnapshotsRequest;
import io.aifs.proto.v1.ListSnapshotsResponse;
import io.aifs.proto.v1.ListTagInfosRequest;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.LogResponse;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.PathChange;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The services of history beside the old calls. */
class HistoryGrpcServiceTest extends HistoryEdge {
  @Test
  void newCallsMoveOnlyFromWhereTheCallerThinks() {
    String first = commit("", "a", "one").getSnapshotId();
    String second = commit("", "b", "two").getSnapshotId();
    BranchInfo made = start("side", "main~1");
    assertThat(made.getSnapshotId()).isEqualTo(first);
    assertRefused(
        Code.ALREADY_EXISTS,
        Reason.REF_EXISTS,
        () -> assertThat(start("side", "main").getName()).isEmpty());

    assertThat(move("side", second, first, false).getSnapshotId()).isEqualTo(second);
    assertRefused(
        Code.ABORTED,
        Reason.REF_MOVED,
        () -> assertThat(move("side", first, first, false).getName()).isEmpty());
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () -> assertThat(move("side", first, "", false).getName()).isEmpty());
    put("side", "c", "unsaved");
    assertThat(describeBranch("side").getChanged()).isTrue();
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.CHANGES_UNSAVED,
        () -> assertThat(move("side", first, second, false).getName()).isEmpty());
    assertThat(move("side", first, second, true).getSnapshotId()).isEqualTo(first);

    ListBranchMovesResponse moves =
        refs.listBranchMoves(
            ListBranchMovesRequest.newBuilder().setName("side").setPageSize(2).build());
    assertThat(moves.getMovesList()).hasSize(2);
    assertThat(moves.getMoves(0).getToSnapshotId()).isEqualTo(first);
    assertThat(moves.getMoves(0).getWho()).isNotEmpty();
    assertThat(
            refs.listBranchMoves(
                    ListBranchMovesRequest.newBuilder()
                        .setName("side")
                        .setPageToken(moves.getNextPageToken())
                        .build())
                .getMovesList())
        .hasSize(2);
  }

  private BranchInfo move(String name, String to, String expected, boolean force) {
    return refs.moveBranch(
        MoveBranchRequest.newBuilder()
            .setName(name)
            .setTo("snap:" + to)
            .setExpectedSnapshotId(expected)
            .setForce(force)
            .setReason("because")
            .build());
  }

  private BranchInfo describeBranch(String name) {
    return refs.describeBranch(DescribeBranchRequest.newBuilder().setName(name).build());
  }

  @Test
  void protectedBranchIsNotMoved() {
    String first = commit("", "a", "one").getSnapshotId();
    String second = commit("", "b", "two").getSnapshotId();
    refs.protectBranch(
        ProtectBranchRequest.newBuilder().setName("main").setProtected(true).build());
    assertThat(describeBranch("main").getProtected()).isTrue();
    assertRefused(
        Code.FAILED_PRECONDITION, Reason.BRANCH_PROTECTED, () -> branch("main", first, ""));
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.BRANCH_PROTECTED,
        () -> assertThat(move("main", first, second, true).getName()).isEmpty());
    assertThat(commit("", "c", "three").getParents(0)).isEqualTo(second);
  }

  @Test
  void tagsAndListsInPages() {
    String first = commit("", "a", "one").getSnapshotId();
    for (int i = 0; i < 3; i++) {
      var tag =
          refs.makeTag(
              MakeTagRequest.newBuilder().setName("t" + i).putMetadata("i", "" + i).build());
      assertThat(tag.getSnapshotId()).isEqualTo(first);
      start("b" + i, "");
    }
    var tags = refs.listTagInfos(ListTagInfosRequest.newBuilder().setPageSize(2).build());
    assertThat(tags.getTagsList()).extracting(tag -> tag.getName()).containsExactly("t0", "t1");
    tags =
        refs.listTagInfos(
            ListTagInfosRequest.newBuilder().setPageToken(tags.getNextPageToken()).build());
    assertThat(tags.getTagsList()).extracting(tag -> tag.getName()).containsExactly("t2");
    var infos = refs.listBranchInfos(ListBranchInfosRequest.newBuilder().setPageSize(3).build());
    assertThat(infos.getBranchesList()).hasSize(3);
    infos =
        refs.listBranchInfos(
            ListBranchInfosRequest.newBuilder().setPageToken(infos.getNextPageToken()).build());
    assertThat(infos.getBranchesList()).extracting(BranchInfo::getName).containsExactly("main");
    assertThat(infos.getNextPageToken()).isEmpty();
  }

  @Test
  void logAndListGoInPages() {
    List<String> made = new ArrayList<>();
    made.add(describe("main").getSnapshotId());
    for (int i = 0; i < 4; i++) {
      made.add(commit("", "f" + i, "c" + i).getSnapshotId());
    }
    List<String> expected = made.reversed();
    List<String> logged = new ArrayList<>();
    String token = "";
    do {
      LogResponse page =
          history.log(LogRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getSnapshotsList().forEach(one -> logged.add(one.getSnapshotId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(logged).isEqualTo(expected);
    List<String> listed = new ArrayList<>();
    do {
      ListSnapshotsResponse page =
          history.listSnapshots(
              ListSnapshotsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getSnapshotsList().forEach(one -> listed.add(one.getSnapshotId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(listed).isEqualTo(expected);
    assertThat(history.log(LogRequest.newBuilder().setPath("f1").build()).getSnapshotsList())
        .extracting(SnapshotInfo::getSnapshotId)
        .containsExactly(made.get(2));
    assertThat(
            history
                .listSnapshotAssets(ListSnapshotAssetsRequest.newBuilder().setRef("main").build())
                .getAssetIdsList())
        .containsExactly(idOf("c0"), idOf("c1"), idOf("c2"), idOf("c3"));
  }

  @Test
  void diffMergeRevertAndCheckout() {
    commit("", "a", "one");
    start("side", "main");
    commit("side", "b", "two");
    commit("", "a", "ours");
    put("", "c", "three");

    DiffResponse changes = history.diff(DiffRequest.getDefaultInstance());
    assertThat(changes.getChangesList()).extracting(PathChange::getPath).containsExactly("c");
    assertThat(changes.getToSnapshotId()).isEmpty();
    MergeRequest merge = MergeRequest.newBuilder().setFrom("side").build();
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.CHANGES_UNSAVED,
        () -> assertThat(history.merge(merge).getConflictCount()).isZero());
    take("");

    MergeResponse merged = history.merge(merge);
    assertThat(merged.getOutcome()).isEqualTo(MergeResponse.Outcome.OUTCOME_MERGED);
    assertThat(merged.getSnapshot().getParentsCount()).isEqualTo(2);
    assertThat(merged.getChangedPaths()).isEqualTo(1);
    commit("side", "a", "theirs");
    MergeResponse conflicts = history.merge(merge);
    assertThat(conflicts.getOutcome()).isEqualTo(MergeResponse.Outcome.OUTCOME_CONFLICTS);
    assertThat(conflicts.getConflicts(0).getPath()).isEqualTo("a");
    MergeRequest theirs =
        merge.toBuilder().setChoice(ConflictChoice.CONFLICT_CHOICE_THEIRS).build();
    String taken = history.merge(theirs).getSnapshot().getSnapshotId();
    MergeResponse reverted =
        history.revert(RevertRequest.newBuilder().setRef("snap:" + taken).build());
    assertThat(reverted.getOutcome()).isEqualTo(MergeResponse.Outcome.OUTCOME_MERGED);
    assertThat(reverted.getSnapshot().getMerkleRoot())
        .isEqualTo(describe("main~2").getMerkleRoot());

    var restored =
        history.checkout(
            CheckoutRequest.newBuilder().setRef("side").setPath("a").setToPath("d/a").build());
    assertThat(restored.getEntries()).isEqualTo(1);
    assertThat(history.diff(DiffRequest.getDefaultInstance()).getChangesList())
        .extracting(PathChange::getPath)
        .containsExactly("d/a");
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () ->
            assertThat(history.merge(MergeRequest.getDefaultInstance()).getConflictCount())
                .isZero());
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ADDRESS_INVALID,
        () -> assertThat(describe("no ref").getSnapshotId()).isEmpty());
  }

  @Test
  void unrelatedHistoriesAndReusedRequestIdsAreRefused() {
    put("", "a", "one");
    String alone =
        aifs.createSnapshot(CreateSnapshotRequest.newBuilder().addAssetIds(idOf("one")).build())
            .getSnapshotId();
    TakeSnapshotRequest take =
        TakeSnapshotRequest.newBuilder().setMessage("m").setRequestId("r1").build();
    String made = history.takeSnapshot(take).getSnapshotId();
    put("", "b", "two");
    assertThat(history.takeSnapshot(take).getSnapshotId()).isEqualTo(made);
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.REQUEST_ID_REUSED,
        () ->
            assertThat(
                    history
                        .takeSnapshot(take.toBuilder().setMessage("other").build())
                        .getSnapshotId())
                .isEmpty());
    take("");
    MergeRequest merge = MergeRequest.newBuilder().setFrom("snap:" + alone).build();
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.HISTORIES_UNRELATED,
        () -> assertThat(history.merge(merge).getConflictCount()).isZero());
    assertRefused(
        Code.ABORTED,
        Reason.REF_MOVED,
        () ->
            assertThat(
                    history
                        .takeSnapshot(
                            TakeSnapshotRequest.newBuilder().setExpectedSnapshotId(UNKNOWN).build())
                        .getSnapshotId())
                .isEmpty());
  }

  @Test
  void proofsAreSmall() {
    for (int i = 0; i < 50; i++) {
      put("", "dir/file-" + i, "content " + i);
    }
    take("");
    var proof =
        history.proveEntry(
            ProveEntryRequest.newBuilder().setRef("main").setPath("dir/file-7").build());
    assertThat(proof.getProof().size()).isLessThan(8 << 10);
    assertThat(proof.getProof().toStringUtf8()).doesNotContain("file-8");
    assertRefused(
        Code.NOT_FOUND,
        Reason.PATH_NOT_FOUND,
        () ->
            assertThat(
                    history
                        .proveEntry(ProveEntryRequest.newBuilder().setPath("nope").build())
                        .getSnapshotId())
                .isEmpty());
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () ->
            assertThat(history.proveEntry(ProveEntryRequest.getDefaultInstance()).getSnapshotId())
                .isEmpty());
  }
}

package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.ConflictChoice;
import io.aifs.proto.v1.CreateBranchRequest;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.CreateSnapshotRequest;
import io.aifs.proto.v1.CreateTagRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DeleteBranchRequest;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.GetBranchHistoryRequest;
import io.aifs.proto.v1.GetBranchRequest;
import io.aifs.proto.v1.GetSnapshotRequest;
import io.aifs.proto.v1.GetSnapshotResponse;
import io.aifs.proto.v1.GetTagRequest;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.ListBranchInfosRequest;
import io.aifs.proto.v1.ListBranchMovesRequest;
import io.aifs.proto.v1.ListBranchMovesResponse;
import io.aifs.proto.v1.ListBranchesRequest;
import io.aifs.proto.v1.ListSnapshotAssetsRequest;
import io.aifs.proto.v1.ListSnapshotsRequest;
import io.aifs.proto.v1.ListSnapshotsResponse;
import io.aifs.proto.v1.ListTagInfosRequest;
import io.aifs.proto.v1.ListTagsRequest;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.LogResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.PathChange;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.StartBranchRequest;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.proto.v1.VerifySnapshotRequest;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots and refs on the wire, by the old calls and the new ones. Each test ends in fsck. */
class HistoryGrpcServiceTest {
  private static final String UNKNOWN = "0".repeat(32);

  private EdgeFixture fixture;
  private Channel channel;
  private AIFSGrpc.AIFSBlockingStub aifs;
  private HistoryGrpc.HistoryBlockingStub history;
  private RefsGrpc.RefsBlockingStub refs;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin());
    aifs = AIFSGrpc.newBlockingStub(channel);
    history = HistoryGrpc.newBlockingStub(channel);
    refs = RefsGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    List<String> findings = new ArrayList<>();
    MaintenanceGrpc.newBlockingStub(channel)
        .fsck(FsckRequest.getDefaultInstance())
        .forEachRemaining(
            response -> {
              if (response.hasFinding()) {
                findings.add(response.getFinding().getMessage());
              }
            });
    fixture.close();
    assertThat(findings).isEmpty();
  }

  private void put(String branch, String path, String content) {
    FilePut file =
        FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(content)).build();
    assertThat(
            TreeGrpc.newBlockingStub(channel)
                .putFiles(PutFilesRequest.newBuilder().setBranch(branch).addFiles(file).build())
                .getResultsCount())
        .isEqualTo(1);
  }

  private SnapshotInfo take(String branch) {
    return history.takeSnapshot(
        TakeSnapshotRequest.newBuilder().setBranch(branch).setMessage("made").build());
  }

  private SnapshotInfo commit(String branch, String path, String content) {
    put(branch, path, content);
    return take(branch);
  }

  private BranchInfo start(String name, String at) {
    return refs.startBranch(StartBranchRequest.newBuilder().setName(name).setAt(at).build());
  }

  private SnapshotInfo describe(String ref) {
    return history.describeSnapshot(DescribeSnapshotRequest.newBuilder().setRef(ref).build());
  }

  private static void assertRefused(Code code, Reason reason, Runnable call) {
    WireFailure.of(call::run).is(code, reason);
  }

  private static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Test
  void oldCallMakesASnapshotOfMainEachTime() {
    put("", "a/b", "one");
    String unnamed = Upload.put(channel, "unnamed".getBytes(StandardCharsets.UTF_8)).getAssetId();
    CreateSnapshotRequest request =
        CreateSnapshotRequest.newBuilder().putMetadata("run", "812").build();

    String first = aifs.createSnapshot(request).getSnapshotId();
    String second = aifs.createSnapshot(request).getSnapshotId();

    assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    GetSnapshotResponse read = get(first);
    assertThat(read.getAssetIdsList()).containsExactly(idOf("one"), unnamed);
    assertThat(read.getMetadataMap()).containsEntry("run", "812");
    assertThat(read.getNamespace()).isEqualTo("default");
    assertThat(read.getUri()).isEqualTo("aifs-snap://" + first);
    assertThat(read.getTruncated()).isFalse();
    assertThat(read.getAssetCount()).isEqualTo(2);
    String text = read.getMerkleRoot() + ":" + read.getCreatedAt();
    assertThat(first)
        .isEqualTo(Digest.of(text.getBytes(StandardCharsets.US_ASCII)).hex().substring(0, 32));
    assertThat(describe("main").getSnapshotId()).isEqualTo(second);
  }

  private GetSnapshotResponse get(String id) {
    return aifs.getSnapshot(GetSnapshotRequest.newBuilder().setSnapshotId(id).build());
  }

  @Test
  void oldCallWithIdsHoldsExactlyThose() {
    put("", "a", "one");
    put("", "b", "two");
    String head = describe("main").getSnapshotId();

    String id =
        aifs.createSnapshot(CreateSnapshotRequest.newBuilder().addAssetIds(idOf("two")).build())
            .getSnapshotId();

    assertThat(get(id).getAssetIdsList()).containsExactly(idOf("two"));
    assertThat(describe("snap:" + id).getParentsList()).isEmpty();
    assertThat(describe("main").getSnapshotId()).isEqualTo(head);
  }

  @Test
  void snapshotOfWhatIsNotVisibleIsNotFound() {
    put("", "a", "one");
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    var deleted =
        aifs.deleteAsset(
            DeleteAssetRequest.newBuilder().setAssetId(idOf("one")).setForce(true).build());
    assertThat(deleted.getSuccess()).isTrue();
    put("", "b", "two");

    assertRefused(Code.NOT_FOUND, Reason.ASSET_DELETED, () -> snapshotOf("", idOf("one")));
    assertRefused(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, () -> snapshotOf("", idOf("x")));
    assertRefused(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, () -> snapshotOf("other", idOf("two")));
    assertRefused(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID, () -> snapshotOf("", "garbage"));
    assertRefused(
        Code.NOT_FOUND, Reason.NAMESPACE_NOT_FOUND, () -> snapshotOf("nope", idOf("two")));
  }

  private void snapshotOf(String namespace, String id) {
    var reply =
        aifs.createSnapshot(
            CreateSnapshotRequest.newBuilder().setNamespace(namespace).addAssetIds(id).build());
    assertThat(reply.getSnapshotId()).isNotEmpty();
  }

  @Test
  void snapshotOfAnotherNamespaceIsAsGoodAsNone() {
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    String theirs =
        aifs.createSnapshot(CreateSnapshotRequest.newBuilder().setNamespace("other").build())
            .getSnapshotId();
    for (String id : List.of(theirs, UNKNOWN)) {
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> get(id).getSnapshotId());
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> verify(id));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> branch("b", id, ""));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> tag("t", id));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> prune(id));
    }
    assertRefused(Code.INVALID_ARGUMENT, Reason.SNAPSHOT_ID_INVALID, () -> get("x").getUri());
    assertRefused(Code.INVALID_ARGUMENT, Reason.SNAPSHOT_ID_INVALID, () -> tag("t", ""));
  }

  private void verify(String id) {
    var reply = aifs.verifySnapshot(VerifySnapshotRequest.newBuilder().setSnapshotId(id).build());
    assertThat(reply.getValid()).as(reply.getMessage()).isTrue();
    assertThat(reply.getSignatureValid()).isTrue();
  }

  private void branch(String name, String id, String expected) {
    assertThat(
            aifs.createBranch(
                    CreateBranchRequest.newBuilder()
                        .setBranchName(name)
                        .setSnapshotId(id)
                        .setExpectedSnapshotId(expected)
                        .build())
                .getSuccess())
        .isTrue();
  }

  private void tag(String name, String id) {
    assertThat(
            aifs.createTag(CreateTagRequest.newBuilder().setTagName(name).setSnapshotId(id).build())
                .getSuccess())
        .isTrue();
  }

  private void prune(String id) {
    assertThat(
            AdminGrpc.newBlockingStub(channel)
                .pruneSnapshot(PruneSnapshotRequest.newBuilder().setSnapshotId(id).build())
                .getSuccess())
        .isTrue();
  }

  @Test
  void verifyingAnswersWhetherTheSignatureIsOfTheGivenKey() {
    String id = commit("", "a", "one").getSnapshotId();
    verify(id);

    var reply =
        aifs.verifySnapshot(
            VerifySnapshotRequest.newBuilder().setSnapshotId(id).setPublicKey(otherKey()).build());
    assertThat(reply.getValid()).isFalse();
    assertThat(reply.getSignatureValid()).isFalse();
    assertThat(reply.getMessage()).isNotEmpty();
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () ->
            assertThat(
                    aifs.verifySnapshot(
                            VerifySnapshotRequest.newBuilder()
                                .setSnapshotId(id)
                                .setPublicKey(ByteString.copyFromUtf8("short"))
                                .build())
                        .getValid())
                .isTrue());
    var checked = history.checkSnapshot(CheckSnapshotRequest.newBuilder().setRef("main").build());
    assertThat(checked.getValid()).isTrue();
    assertThat(checked.getEntries()).isEqualTo(1);
    assertThat(checked.getProblemsList()).isEmpty();
  }

  private static ByteString otherKey() {
    return ByteString.copyFrom(
        io.aifs.crypto.SigningKey.generate(io.aifs.crypto.RandomBytes.secure())
            .publicKey()
            .toBytes());
  }

  @Test
  void branchesByTheOldCalls() {
    String first = commit("", "a", "one").getSnapshotId();
    String second = commit("", "b", "two").getSnapshotId();
    branch("side", first, "");
    branch("side", second, first);
    assertRefused(Code.ABORTED, Reason.REF_MOVED, () -> branch("side", first, first));
    assertRefused(Code.ABORTED, Reason.REF_MOVED, () -> branch("side", first, UNKNOWN));

    var read = aifs.getBranch(GetBranchRequest.newBuilder().setBranchName("side").build());
    assertThat(read.getSnapshotId()).isEqualTo(second);
    assertThat(aifs.listBranches(ListBranchesRequest.getDefaultInstance()).getBranchesList())
        .extracting(branch -> branch.getBranchName())
        .containsExactly("main", "side");
    assertThat(
            aifs.getBranchHistory(
                    GetBranchHistoryRequest.newBuilder().setBranchName("side").build())
                .getHistoryList())
        .extracting(entry -> entry.getOldSnapshotId() + ">" + entry.getNewSnapshotId())
        .containsExactly(first + ">" + second, ">" + first);

    DeleteBranchRequest delete = DeleteBranchRequest.newBuilder().setBranchName("side").build();
    assertThat(aifs.deleteBranch(delete).getSuccess()).isTrue();
    assertRefused(
        Code.NOT_FOUND,
        Reason.REF_NOT_FOUND,
        () -> assertThat(aifs.deleteBranch(delete).getSuccess()).isTrue());
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.BRANCH_PROTECTED,
        () ->
            assertThat(
                    aifs.deleteBranch(
                            DeleteBranchRequest.newBuilder().setBranchName("main").build())
                        .getSuccess())
                .isTrue());
  }

  @Test
  void tagsByTheOldCallsNeverMove() {
    String first = commit("", "a", "one").getSnapshotId();
    String second = commit("", "b", "two").getSnapshotId();
    tag("v1", first);
    tag("v1", first);
    assertRefused(Code.ALREADY_EXISTS, Reason.REF_EXISTS, () -> tag("v1", second));
    var read = aifs.getTag(GetTagRequest.newBuilder().setTagName("v1").build());
    assertThat(read.getSnapshotId()).isEqualTo(first);
    assertThat(aifs.listTags(ListTagsRequest.getDefaultInstance()).getTagsList()).hasSize(1);

    var deleted = aifs.deleteTag(DeleteTagRequest.newBuilder().setTagName("v1").build());
    assertThat(deleted.getSuccess()).isTrue();
    assertThat(aifs.listTags(ListTagsRequest.getDefaultInstance()).getTagsList()).isEmpty();
    assertRefused(Code.ALREADY_EXISTS, Reason.REF_EXISTS, () -> tag("v1", second));
    assertRefused(Code.ALREADY_EXISTS, Reason.REF_EXISTS, () -> branch("v1", second, ""));
    tag("v1", first);
    assertRefused(Code.FAILED_PRECONDITION, Reason.SNAPSHOT_REFERENCED, () -> prune(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "snap",
        "UPPER",
        "a/b",
        "ä",
        "0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void namesThatAreNoneAreRefused(String name) {
    String id = describe("").getSnapshotId();
    assertRefused(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> branch(name, id, ""));
    assertRefused(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> tag(name, id));
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> assertThat(start(name, "main").getName()).isEmpty());
  }

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

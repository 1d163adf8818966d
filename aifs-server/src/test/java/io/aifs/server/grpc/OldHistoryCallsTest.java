package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.CreateSnapshotRequest;
import io.aifs.proto.v1.CreateTagRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DeleteBranchRequest;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.GetBranchHistoryRequest;
import io.aifs.proto.v1.GetBranchRequest;
import io.aifs.proto.v1.GetSnapshotRequest;
import io.aifs.proto.v1.GetSnapshotResponse;
import io.aifs.proto.v1.GetTagRequest;
import io.aifs.proto.v1.ListBranchesRequest;
import io.aifs.proto.v1.ListTagsRequest;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.VerifySnapshotRequest;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots, branches and tags as existing clients know them. */
class OldHistoryCallsTest extends HistoryEdge {
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
      assertRefused(
          Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> assertThat(get(id)).isNotNull());
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> verify(id));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> branch("b", id, ""));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> tag("t", id));
      assertRefused(Code.NOT_FOUND, Reason.SNAPSHOT_NOT_FOUND, () -> prune(id));
    }
    assertRefused(
        Code.INVALID_ARGUMENT, Reason.SNAPSHOT_ID_INVALID, () -> assertThat(get("x")).isNotNull());
    assertRefused(Code.INVALID_ARGUMENT, Reason.SNAPSHOT_ID_INVALID, () -> tag("t", ""));
  }

  private void verify(String id) {
    var reply = aifs.verifySnapshot(VerifySnapshotRequest.newBuilder().setSnapshotId(id).build());
    assertThat(reply.getValid()).as(reply.getMessage()).isTrue();
    assertThat(reply.getSignatureValid()).isTrue();
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
}

package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.CreateBranchRequest;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.StartBranchRequest;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server to make history on, which ends in a clean check. */
abstract class HistoryEdge {
  static final String UNKNOWN = "0".repeat(32);

  EdgeFixture fixture;
  Channel channel;
  AIFSGrpc.AIFSBlockingStub aifs;
  HistoryGrpc.HistoryBlockingStub history;
  RefsGrpc.RefsBlockingStub refs;

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

  void put(String branch, String path, String content) {
    FilePut file =
        FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(content)).build();
    assertThat(
            TreeGrpc.newBlockingStub(channel)
                .putFiles(PutFilesRequest.newBuilder().setBranch(branch).addFiles(file).build())
                .getResultsCount())
        .isEqualTo(1);
  }

  SnapshotInfo take(String branch) {
    return history.takeSnapshot(
        TakeSnapshotRequest.newBuilder().setBranch(branch).setMessage("made").build());
  }

  SnapshotInfo commit(String branch, String path, String content) {
    put(branch, path, content);
    return take(branch);
  }

  BranchInfo start(String name, String at) {
    return refs.startBranch(StartBranchRequest.newBuilder().setName(name).setAt(at).build());
  }

  SnapshotInfo describe(String ref) {
    return history.describeSnapshot(DescribeSnapshotRequest.newBuilder().setRef(ref).build());
  }

  static void assertRefused(Code code, Reason reason, Runnable call) {
    WireFailure.of(call::run).is(code, reason);
  }

  static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  void branch(String name, String id, String expected) {
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
}

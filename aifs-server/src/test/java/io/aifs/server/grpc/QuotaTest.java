package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.CheckPolicyRequest;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PolicyViolation;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.engine.StatusService;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing makes a namespace hold more than its policy allows, however it comes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class QuotaTest {
  private EdgeFixture fixture;
  private Channel channel;
  private TreeGrpc.TreeBlockingStub tree;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    tree = TreeGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private void quota(String members) {
    var _ =
        PoliciesGrpc.newBlockingStub(channel)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setDocument("{\"version\": 1, \"quota\": {" + members + "}}")
                    .build());
  }

  private void bytes(long most) {
    quota("\"storage_bytes\": " + most);
  }

  private String put(String content) {
    return Upload.put(channel, content.getBytes(UTF_8)).getAssetId();
  }

  private void putFiles(String... contents) {
    stageFiles("", contents);
  }

  private void stageFiles(String transaction, String... contents) {
    PutFilesRequest.Builder request = PutFilesRequest.newBuilder().setTransaction(transaction);
    for (String content : contents) {
      request.addFiles(
          FilePut.newBuilder().setPath(content).setData(ByteString.copyFromUtf8(content)));
    }
    var _ = tree.putFiles(request.build());
  }

  private void delete(String id) {
    var _ =
        AIFSGrpc.newBlockingStub(channel)
            .deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).build());
  }

  private static WireFailure refused(Runnable call) {
    return WireFailure.of(call::run).is(Code.RESOURCE_EXHAUSTED, Reason.QUOTA_EXCEEDED);
  }

  private AssetTotals totals() {
    StatusService.Status status = fixture.engine().status().status();
    return new AssetTotals(status.assets(), status.contentBytes());
  }

  @Test
  void contentFitsToTheByteAndTheRefusalSaysHowMuchThereIs() {
    bytes(10);
    put("123456");

    WireFailure failure = refused(() -> put("abcde"));
    assertThat(failure.status().getMessage())
        .contains("quota.storage_bytes", "10 bytes", "6 are used", "5 more are wanted");
    assertThat(put("abcd")).hasSize(64);
    assertThat(totals()).isEqualTo(new AssetTotals(2, 10));
  }

  @Test
  void whatIsThereMayBePutAgainAndADeleteMakesRoom() {
    bytes(6);
    String id = put("123456");

    assertThat(put("123456")).isEqualTo(id);
    assertThat(put("")).hasSize(64);
    refused(() -> put("x"));
    delete(id);
    assertThat(put("x")).hasSize(64);
  }

  @Test
  void batchIsRefusedWhole() {
    quota("\"assets\": 2");

    WireFailure failure = refused(() -> putFiles("a", "b", "c"));
    assertThat(failure.status().getMessage())
        .contains("quota.assets", "2 assets", "0 are used", "3 more are wanted");
    assertThat(totals()).isEqualTo(new AssetTotals(0, 0));
    assertThat(tree.listPaths(ListPathsRequest.getDefaultInstance()).getPathsList()).isEmpty();
    putFiles("a", "b");
    putFiles("a", "b");
  }

  @Test
  void chunksAreContentToo() {
    bytes(10);
    Digest id = Digest.of("12345678901".getBytes(UTF_8));

    refused(
        () ->
            ChunkCall.begin(channel, "")
                .send(ChunkCall.sent(0, "12345678901".getBytes(UTF_8), 11))
                .finish(id));
    Digest fits = Digest.of("1234567890".getBytes(UTF_8));
    assertThat(
            ChunkCall.begin(channel, "")
                .send(ChunkCall.sent(0, "1234567890".getBytes(UTF_8), 10))
                .finish(fits)
                .getAssetId())
        .isEqualTo(fits.hex());
  }

  @Test
  void transactionThatIsTooMuchIsRefusedInItsCommitNamingTheStep() {
    bytes(10);
    TransactionsGrpc.TransactionsBlockingStub transactions =
        TransactionsGrpc.newBlockingStub(channel);
    String tx = transactions.begin(BeginTransactionRequest.getDefaultInstance()).getId();
    stageFiles(tx, "12345");
    stageFiles(tx, "123456");

    CommitTransactionRequest commit =
        CommitTransactionRequest.newBuilder().setTransaction(tx).build();
    WireFailure failure = refused(() -> transactions.commit(commit));
    assertThat(failure.status().getMessage()).contains("step 2", "5 are used", "6 more");
    assertThat(totals()).isEqualTo(new AssetTotals(0, 0));

    bytes(11);
    assertThat(transactions.commit(commit).getSteps()).isEqualTo(2);
  }

  @Test
  void deletedAssetComesBackOnlyIfThereIsRoom() {
    bytes(6);
    String id = put("123456");
    delete(id);
    put("x");
    UndoCollectionRequest undo = UndoCollectionRequest.newBuilder().setAssetId(id).build();
    MaintenanceGrpc.MaintenanceBlockingStub maintenance = MaintenanceGrpc.newBlockingStub(channel);

    refused(() -> maintenance.undoCollection(undo));
    bytes(7);
    var _ = maintenance.undoCollection(undo);
    assertThat(totals()).isEqualTo(new AssetTotals(2, 7));
  }

  @Test
  void namespaceThatIsOverRefusesBeforeContentIsRead() {
    put("123456");
    bytes(5);

    Upload upload = Upload.begin(channel).send(Upload.message("more".getBytes(UTF_8)));
    refused(upload::reply); // it was not told that this is all
    refused(() -> putFiles("more"));
  }

  @Test
  void policyThatIsTriedSaysThatMoreIsHeldThanItWouldAllow() {
    put("123456");
    CheckPolicyRequest tried =
        CheckPolicyRequest.newBuilder()
            .setDocument("{\"version\": 1, \"quota\": {\"storage_bytes\": 5, \"assets\": 1}}")
            .build();
    PoliciesGrpc.PoliciesBlockingStub policies = PoliciesGrpc.newBlockingStub(channel);

    PolicyViolation over = policies.checkPolicy(tried).getViolations(0);
    assertThat(over.getRule()).isEqualTo("/quota/storage_bytes");
    assertThat(over.getPlace()).isEqualTo("namespace");
    assertThat(over.getMessage()).isEqualTo("6 bytes are over 5");
    assertThat(policies.checkPolicy(tried.toBuilder().setPageSize(1).build()).getViolationsList())
        .as("a page that is not the last")
        .isEmpty();
    quota("\"assets\": 0");
    assertThat(policies.checkPolicy(CheckPolicyRequest.getDefaultInstance()).getViolationsList())
        .extracting(PolicyViolation::getRule)
        .containsExactly("/quota/assets");
  }

  @Test
  void contentThatCanNeverFitIsRefusedWhileItArrives() {
    bytes(1_000);
    Upload upload = Upload.begin(channel);
    upload.send(Upload.message(new byte[1_000])).send(Upload.message(new byte[1]));

    assertThat(refused(upload::reply).status().getMessage()).contains("quota.storage_bytes");
  }

  @Test
  void writersAtTheSameTimeNeverExceedItTogether() throws Exception {
    int writers = 8;
    int each = 20;
    bytes(100); // room for ten contents of ten bytes
    List<Future<Integer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        running.add(threads.submit(() -> putMany(number, each)));
      }
    }
    int accepted = 0;
    for (Future<Integer> writer : running) {
      accepted += writer.get();
    }

    assertThat(accepted).isEqualTo(10);
    assertThat(totals()).isEqualTo(new AssetTotals(10, 100));
  }

  private int putMany(int writer, int count) {
    int accepted = 0;
    for (int at = 0; at < count; at++) {
      String content = "writer%d%03d".formatted(writer, at);
      try {
        if (at % 2 == 0) {
          put(content);
        } else {
          putFiles(content);
        }
        accepted++;
      } catch (StatusRuntimeException e) {
        WireFailure.of(e).is(Code.RESOURCE_EXHAUSTED, Reason.QUOTA_EXCEEDED);
      }
    }
    return accepted;
  }
}

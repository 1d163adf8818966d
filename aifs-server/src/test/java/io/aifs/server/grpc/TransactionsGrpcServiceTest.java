package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AbortTransactionRequest;
import io.aifs.proto.v1.AddParentsStep;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.AssociationWrite;
import io.aifs.proto.v1.AssociationsGrpc;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.CommitTransactionResponse;
import io.aifs.proto.v1.DeclareTypeRequest;
import io.aifs.proto.v1.DeleteTagStep;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListTransactionsRequest;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.NewParents;
import io.aifs.proto.v1.ParentEdge;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.PutAssociationsStep;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesStep;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.RemovePathsStep;
import io.aifs.proto.v1.StageRequest;
import io.aifs.proto.v1.TransactionInfo;
import io.aifs.proto.v1.TransactionState;
import io.aifs.proto.v1.TransactionStep;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions over the wire. */
class TransactionsGrpcServiceTest {
  private EdgeFixture fixture;
  private Channel channel;
  private TransactionsGrpc.TransactionsBlockingStub transactions;
  private TreeGrpc.TreeBlockingStub tree;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = fixture.inProcess();
    transactions = TransactionsGrpc.newBlockingStub(as(TestTokens.admin()));
    tree = TreeGrpc.newBlockingStub(as(TestTokens.admin()));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private Channel as(String token) {
    return EdgeFixture.withToken(channel, token);
  }

  private String begin() {
    return transactions.begin(BeginTransactionRequest.getDefaultInstance()).getId();
  }

  private static FilePut file(String path) {
    return FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(path)).build();
  }

  private static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private void put(String transaction, String path) {
    var _ =
        tree.putFiles(
            PutFilesRequest.newBuilder().setTransaction(transaction).addFiles(file(path)).build());
  }

  private CommitTransactionResponse commit(String transaction) {
    return transactions.commit(
        CommitTransactionRequest.newBuilder().setTransaction(transaction).build());
  }

  private List<String> paths() {
    return tree
        .listPaths(ListPathsRequest.newBuilder().setRecursive(true).build())
        .getPathsList()
        .stream()
        .map(PathInfo::getPath)
        .toList();
  }

  private static StageRequest stage(String transaction, TransactionStep.Builder... steps) {
    StageRequest.Builder request = StageRequest.newBuilder().setTransaction(transaction);
    List.of(steps).forEach(request::addSteps);
    return request.build();
  }

  private static TransactionStep.Builder removal(String path) {
    return TransactionStep.newBuilder().setRemovePaths(RemovePathsStep.newBuilder().addPaths(path));
  }

  @Test
  void callsWithATransactionAreItsSteps() {
    put("", "old");
    put("", "moved");
    String tx = begin();
    put(tx, "new");
    assertThat(
            tree.removePaths(
                    RemovePathsRequest.newBuilder().setTransaction(tx).addPaths("old").build())
                .getVersion())
        .isZero();
    assertThat(
            tree.movePath(
                    MovePathRequest.newBuilder()
                        .setTransaction(tx)
                        .setFromPath("moved")
                        .setToPath("d/moved")
                        .build())
                .getMoved())
        .isZero();
    assertThat(paths()).containsExactly("moved", "old");
    CommitTransactionResponse committed = commit(tx);
    assertThat(committed.getSteps()).isEqualTo(3);
    assertThat(commit(tx)).isEqualTo(committed);
    assertThat(paths()).containsExactly("d/moved", "new");
    TransactionInfo listed =
        transactions.list(ListTransactionsRequest.getDefaultInstance()).getTransactions(0);
    assertThat(listed.getState()).isEqualTo(TransactionState.TRANSACTION_STATE_COMMITTED);
    assertThat(listed.getVersion()).isEqualTo(committed.getVersion());
  }

  @Test
  void edgesAndAssociationsMayNameWhatIsStagedBefore() {
    var _ =
        AssociationsGrpc.newBlockingStub(as(TestTokens.admin()))
            .declareType(DeclareTypeRequest.newBuilder().setName("seen-by").build());
    String tx = begin();
    TransactionStep.Builder files =
        TransactionStep.newBuilder()
            .setPutFiles(PutFilesStep.newBuilder().addFiles(file("p")).addFiles(file("c")));
    TransactionStep.Builder edge =
        TransactionStep.newBuilder()
            .setAddParents(
                AddParentsStep.newBuilder()
                    .addChildren(
                        NewParents.newBuilder()
                            .setChildAssetId(idOf("c"))
                            .addParents(
                                ParentEdge.newBuilder()
                                    .setParentAssetId(idOf("p"))
                                    .setTransformName("made"))));
    TransactionStep.Builder association =
        TransactionStep.newBuilder()
            .setPutAssociations(
                PutAssociationsStep.newBuilder()
                    .addAssociations(
                        AssociationWrite.newBuilder()
                            .setId1("asset:" + idOf("c"))
                            .setType("seen-by")
                            .setId2("run:812")));
    var _ = transactions.stage(stage(tx, files));
    var _ = transactions.stage(stage(tx, edge, association));
    var _ = commit(tx);
    var child =
        AIFSGrpc.newBlockingStub(as(TestTokens.admin()))
            .getAsset(GetAssetRequest.newBuilder().setAssetId(idOf("c")).build());
    assertThat(child.getParents(0).getParentAssetId()).isEqualTo(idOf("p"));

    TransactionStep.Builder back =
        TransactionStep.newBuilder()
            .setAddParents(
                AddParentsStep.newBuilder()
                    .addChildren(
                        NewParents.newBuilder()
                            .setChildAssetId(idOf("p"))
                            .addParents(ParentEdge.newBuilder().setParentAssetId(idOf("c")))));
    WireFailure.of(() -> transactions.apply(ApplyRequest.newBuilder().addSteps(back).build()))
        .is(Code.FAILED_PRECONDITION, Reason.LINEAGE_CYCLE);
  }

  @Test
  void eachStepNeedsWhatItsCallWould() {
    String putter = TestTokens.with("methods = put");
    var limited = TransactionsGrpc.newBlockingStub(as(putter));
    String tx = limited.begin(BeginTransactionRequest.getDefaultInstance()).getId();
    TransactionStep.Builder tag =
        TransactionStep.newBuilder().setDeleteTag(DeleteTagStep.newBuilder().setName("v1"));
    WireFailure.of(() -> limited.stage(stage(tx, removal("a"))))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    WireFailure.of(() -> limited.stage(stage(tx, tag)))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    WireFailure.of(() -> limited.apply(ApplyRequest.newBuilder().addSteps(removal("a")).build()))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
  }

  @Test
  void wrongIdsAndStepsAreNamed() {
    String none = "01a1fdfa-467b-7000-8000-000000000000";
    WireFailure.of(() -> commit("")).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING);
    WireFailure.of(() -> commit("x"))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("transaction");
    WireFailure.of(() -> commit(none)).is(Code.NOT_FOUND, Reason.TRANSACTION_NOT_FOUND);
    WireFailure.of(() -> put(none, "a")).is(Code.NOT_FOUND, Reason.TRANSACTION_NOT_FOUND);
    String tx = begin();
    WireFailure.of(() -> transactions.stage(stage(tx)))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED);
    WireFailure.of(() -> transactions.stage(stage(tx, TransactionStep.newBuilder())))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING)
        .names("steps[0]");
    WireFailure.of(
            () ->
                transactions.begin(
                    BeginTransactionRequest.newBuilder().setLeaseSeconds(90_000).build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    var _ = transactions.abort(AbortTransactionRequest.newBuilder().setTransaction(tx).build());
    WireFailure.of(() -> put(tx, "a")).is(Code.FAILED_PRECONDITION, Reason.TRANSACTION_ENDED);
    WireFailure.of(() -> commit(tx)).is(Code.FAILED_PRECONDITION, Reason.TRANSACTION_ENDED);
  }
}

package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MissingChunksRequest;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.MovePathStep;
import io.aifs.proto.v1.NewParents;
import io.aifs.proto.v1.ParentEdge;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.PutFilesStep;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.StageRequest;
import io.aifs.proto.v1.TransactionStep;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that may put and not get: no answer tells them whether content was there. */
class IngestOnlyTest extends HistoryEdge {
  private static final String HELD = "there before";
  private static final String NEW = "never seen..";

  private Channel plain;
  private Channel ingest;

  @BeforeEach
  void fill() throws IOException {
    plain = fixture.inProcess();
    ingest = EdgeFixture.withToken(plain, TestTokens.with("methods = put"));
    // Kinds are of no matter here, and what is said of content depends on the content.
    var _ =
        PoliciesGrpc.newBlockingStub(channel)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setDocument("{\"version\": 1, \"payload\": {\"validate\": \"off\"}}")
                    .build());
    var _ =
        TreeGrpc.newBlockingStub(channel)
            .putFiles(
                PutFilesRequest.newBuilder()
                    .addFiles(
                        FilePut.newBuilder()
                            .setPath("held")
                            .setKind(AssetKind.TENSOR)
                            .putMetadata("owner", "somebody")
                            .setData(ByteString.copyFromUtf8(HELD)))
                    .build());
  }

  /** The answers to the same call with content that is there and with new content. */
  private static void assertSame(Function<String, Object> call) {
    String there = call.apply(HELD).toString();
    String fresh = call.apply(NEW).toString();
    assertThat(there.replace(idOf(HELD), "ID")).isEqualTo(fresh.replace(idOf(NEW), "ID"));
  }

  private static PutFilesRequest files(String content, AssetKind kind) {
    return PutFilesRequest.newBuilder().addFiles(file(content, kind)).build();
  }

  private static FilePut file(String content, AssetKind kind) {
    return FilePut.newBuilder()
        .setPath("in/" + idOf(content))
        .setKind(kind)
        .putMetadata("owner", "me")
        .setData(ByteString.copyFromUtf8(content))
        .build();
  }

  @Test
  void answersAreTheSameForContentThatIsThereAndForNewContent() {
    for (AssetKind kind : List.of(AssetKind.TENSOR, AssetKind.BLOB, AssetKind.EMBED)) {
      assertSame(content -> TreeGrpc.newBlockingStub(ingest).putFiles(files(content, kind)));
    }
    assertSame(
        content ->
            Upload.begin(ingest)
                .send(
                    Upload.message(ByteString.copyFromUtf8(content)).toBuilder()
                        .setKind(AssetKind.EMBED)
                        .build())
                .finish());
    assertSame(
        content -> {
          byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
          ChunkCall call = ChunkCall.begin(ingest, PutAssetRequest.getDefaultInstance());
          assertThat(call.ask(List.of(Digest.of(bytes))).get(0)).isTrue();
          return call.send(ChunkCall.sent(0, bytes, bytes.length)).finish(Digest.of(bytes));
        });
    assertSame(
        content ->
            TransactionsGrpc.newBlockingStub(ingest)
                .apply(ApplyRequest.newBuilder().addSteps(step(content)).build()));
    assertSame(this::transaction);
    assertSame(
        content ->
            ContentGrpc.newBlockingStub(ingest)
                .missingChunks(
                    MissingChunksRequest.newBuilder()
                        .setDigests(
                            ChunkCall.joined(
                                List.of(Digest.of(content.getBytes(StandardCharsets.UTF_8)))))
                        .build()));
    assertSame(this::statusAround);
  }

  private static TransactionStep step(String content) {
    return TransactionStep.newBuilder()
        .setPutFiles(PutFilesStep.newBuilder().addFiles(file(content, AssetKind.EMBED)))
        .build();
  }

  private Object transaction(String content) {
    var transactions = TransactionsGrpc.newBlockingStub(ingest);
    String id = transactions.begin(BeginTransactionRequest.getDefaultInstance()).getId();
    var staged =
        transactions.stage(
            StageRequest.newBuilder().setTransaction(id).addSteps(step(content)).build());
    var committed =
        transactions.commit(CommitTransactionRequest.newBuilder().setTransaction(id).build());
    return staged.getTransaction().getStagedBytes() + " " + staged.getResultsList() + committed;
  }

  /** Neither counts nor bytes show, before or after. */
  private String statusAround(String content) {
    var _ = TreeGrpc.newBlockingStub(ingest).putFiles(files(content, AssetKind.BLOB));
    GetStatusResponse status =
        MaintenanceGrpc.newBlockingStub(ingest).getStatus(GetStatusRequest.getDefaultInstance());
    assertThat(status.getPartial()).isTrue();
    return status.getNamespaces()
        + " "
        + status.getAssets()
        + " "
        + status.getContentBytes()
        + " "
        + status.getPackBytes()
        + " "
        + status.getCatalogBytes()
        + " "
        + status.getDiskFreeBytes();
  }

  @Test
  void whatIsThereStaysWhatItIsWhereThePutDoesNotFit() {
    var _ = TreeGrpc.newBlockingStub(ingest).putFiles(files(HELD, AssetKind.EMBED));

    var detail =
        AIFSGrpc.newBlockingStub(channel)
            .getAsset(GetAssetRequest.newBuilder().setAssetId(idOf(HELD)).build());
    assertThat(detail.getMetadata().getKind()).isEqualTo(AssetKind.TENSOR);
    assertThat(detail.getMetadata().getMetadataMap()).containsEntry("owner", "somebody");
    assertThat(
            TreeGrpc.newBlockingStub(channel)
                .statPaths(
                    io.aifs.proto.v1.StatPathsRequest.newBuilder()
                        .addPaths("in/" + idOf(HELD))
                        .build())
                .getPaths(0)
                .getFile()
                .getKind())
        .isEqualTo(AssetKind.TENSOR);
    assertRefused(
        Code.FAILED_PRECONDITION,
        Reason.KIND_CHANGE,
        () -> TreeGrpc.newBlockingStub(channel).putFiles(files(HELD, AssetKind.EMBED)));
  }

  @Test
  void namingWhatIsThereNeedsGet() {
    FilePut known = FilePut.newBuilder().setPath("k").setAssetId(idOf(HELD)).build();
    FilePut child =
        file(NEW, AssetKind.BLOB).toBuilder()
            .addParents(ParentEdge.newBuilder().setParentAssetId(idOf(HELD)))
            .build();
    for (FilePut file : List.of(known, child)) {
      denied(
          () ->
              TreeGrpc.newBlockingStub(ingest)
                  .putFiles(PutFilesRequest.newBuilder().addFiles(file).build()));
    }
    denied(
        () ->
            Upload.begin(ingest)
                .send(
                    PutAssetRequest.newBuilder()
                        .addParents(ParentEdge.newBuilder().setParentAssetId(idOf(HELD)))
                        .build())
                .finish());
    denied(
        () ->
            TreeGrpc.newBlockingStub(ingest)
                .movePath(MovePathRequest.newBuilder().setFromPath("held").setToPath("x").build()));
    for (TransactionStep step :
        List.of(
            TransactionStep.newBuilder()
                .setMovePath(MovePathStep.newBuilder().setFromPath("held").setToPath("x"))
                .build(),
            TransactionStep.newBuilder()
                .setAddParents(
                    io.aifs.proto.v1.AddParentsStep.newBuilder()
                        .addChildren(
                            NewParents.newBuilder()
                                .setChildAssetId(idOf(HELD))
                                .addParents(ParentEdge.newBuilder().setParentAssetId(idOf(NEW)))))
                .build(),
            TransactionStep.newBuilder()
                .setPutAssociations(io.aifs.proto.v1.PutAssociationsStep.getDefaultInstance())
                .build())) {
      denied(
          () ->
              TransactionsGrpc.newBlockingStub(ingest)
                  .apply(ApplyRequest.newBuilder().addSteps(step).build()));
    }
  }

  private static void denied(Runnable call) {
    assertRefused(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, call);
  }

  @Test
  void versionsAreNotToldToWhoMayLookAtNothing() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    Channel listening =
        ClientInterceptors.intercept(
            ingest, MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    // One that a server that waited would refuse.
    PutFilesResponse put =
        TreeGrpc.newBlockingStub(
                EdgeFixture.with(listening, "aifs-min-version", Long.toString(Long.MAX_VALUE)))
            .putFiles(files(NEW, AssetKind.BLOB));

    assertThat(put.getVersion()).isZero();
    Metadata.Key<String> version =
        Metadata.Key.of("aifs-version", Metadata.ASCII_STRING_MARSHALLER);
    assertThat(headers.get().get(version)).isNull();
    assertThat(trailers.get().get(version)).isNull();
    PutAssetResponse told =
        Upload.put(
            EdgeFixture.withToken(plain, TestTokens.with("methods = put,list")), new byte[] {1});
    assertThat(told.getVersion()).isPositive();
  }

  @Test
  void aTokenOfANamespaceCountsOnlyThatAndWhoCountsNothingTheStore() {
    GetStatusResponse all = status();
    assertThat(all.getPartial()).isFalse();
    assertThat(all.getAssets()).isEqualTo(1);
    assertThat(all.getPackBytes()).isPositive();
    GetStatusResponse own = status("namespace = default");
    assertThat(own.getPartial()).isTrue();
    assertThat(own.getNamespaces()).isEqualTo(1);
    assertThat(own.getAssets()).isEqualTo(1);
    assertThat(own.getPackBytes() + own.getCatalogBytes() + own.getDiskTotalBytes()).isZero();
    GetStatusResponse other = status("namespace = other");
    assertThat(other.getNamespaces() + other.getAssets() + other.getContentBytes()).isZero();
    assertThat(status("path = data").getAssets()).isZero();
    denied(
        () ->
            MaintenanceGrpc.newBlockingStub(
                    EdgeFixture.withToken(plain, TestTokens.with("namespace = default")))
                .undoCollection(io.aifs.proto.v1.UndoCollectionRequest.getDefaultInstance()));
  }

  private GetStatusResponse status(String... caveats) {
    return MaintenanceGrpc.newBlockingStub(EdgeFixture.withToken(plain, TestTokens.with(caveats)))
        .getStatus(GetStatusRequest.getDefaultInstance());
  }
}

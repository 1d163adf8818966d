package io.aifs.server.grpc;

import static io.aifs.server.grpc.RestrictedProbes.OF_PATHS;
import static io.aifs.server.grpc.RestrictedProbes.OF_REFS;
import static io.aifs.server.grpc.RestrictedProbes.aifs;
import static io.aifs.server.grpc.RestrictedProbes.children;
import static io.aifs.server.grpc.RestrictedProbes.history;
import static io.aifs.server.grpc.RestrictedProbes.probe;
import static io.aifs.server.grpc.RestrictedProbes.puts;
import static io.aifs.server.grpc.RestrictedProbes.read;
import static io.aifs.server.grpc.RestrictedProbes.readMany;
import static io.aifs.server.grpc.RestrictedProbes.stat;
import static io.aifs.server.grpc.RestrictedProbes.text;
import static io.aifs.server.grpc.RestrictedProbes.tree;
import static io.aifs.server.grpc.RestrictedProbes.walk;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.aifs.core.Reason;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.CreateTagRequest;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.MovePathStep;
import io.aifs.proto.v1.Options;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.StatAssetsRequest;
import io.aifs.proto.v1.TransactionStep;
import io.aifs.proto.v1.TransactionsGrpc;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tokens that are restricted to paths, refs, kinds or assets, against every call that takes one.
 */
class RestrictedTokensTest extends HistoryEdge {
  private static final String INSIDE = "data/train/a";

  /** Restricted tokens may make these, and name neither path nor ref in them. */
  private static final Set<String> WITHOUT_NAMES =
      Set.of(
          "aifs.v1.AIFS/SubscribeEvents",
          "aifs.v1.AIFS/VectorSearch",
          "aifs.v1.Content/MissingChunks",
          "aifs.v1.Content/StatAssets",
          "aifs.v1.Refs/ListSigningKeys",
          "aifs.v1.Tokens/Describe",
          "aifs.v1.Transactions/Abort",
          "aifs.v1.Transactions/Begin",
          "aifs.v1.Transactions/Commit",
          "aifs.v1.Transactions/Get",
          "aifs.v1.Transactions/List",
          "aifs.v1.Transactions/Renew");

  private Channel plain;
  private String snapshot = "";

  @BeforeEach
  void fill() throws IOException {
    plain = fixture.inProcess();
    put("main", INSIDE, "train a");
    put("main", "data/train/sub/b", "train b");
    put("main", "data/test/c", "test c");
    put("main", "secret/x", "secret x");
    var _ = Upload.putAsTensor(channel, "data/train/deep/er/t", "tensor");
    snapshot = take("main").getSnapshotId();
    start("side", "main");
    var _ =
        aifs.createTag(
            CreateTagRequest.newBuilder().setTagName("v1").setSnapshotId(snapshot).build());
    put("main", "data/train/later", "later");
  }

  private Channel with(String... caveats) {
    return EdgeFixture.withToken(plain, TestTokens.with(caveats));
  }

  /** How a call ends: all that the caller is told, but for the names it gave. */
  private static String end(Runnable call, String... names) {
    try {
      call.run();
      return "OK";
    } catch (StatusRuntimeException e) {
      ErrorInfo info = WireFailure.of(e).info();
      String told =
          e.getStatus()
              + " "
              + info.getReason()
              + " "
              + info.getMetadataOrDefault("hint", "")
              + info.getMetadataOrDefault("field", "");
      for (String name : names) {
        told = told.replace("'" + name + "'", "NAME");
      }
      return told;
    }
  }

  @Test
  void everyCallThatTakesRestrictedTokensIsProbed() {
    Set<String> restricted = new HashSet<>();
    for (MethodDescriptor<?, ?> method : fixture.edge().methods()) {
      if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
          && schema.getMethodDescriptor().getOptions().getExtension(Options.restricted)) {
        restricted.add(method.getFullMethodName());
      }
    }
    restricted.removeAll(WITHOUT_NAMES);
    assertThat(restricted).containsExactlyInAnyOrderElementsOf(OF_REFS.keySet());
  }

  @Test
  void callsAboutTheWholeStoreSaySo() {
    Set<String> wide = new HashSet<>();
    for (MethodDescriptor<?, ?> method : fixture.edge().methods()) {
      if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
          && schema.getMethodDescriptor().getOptions().getExtension(Options.storeWide)) {
        wide.add(method.getFullMethodName());
      }
    }
    assertThat(wide)
        .contains(
            "aifs.v1.Metrics/GetMetrics",
            "aifs.v1.Format/FormatStorage",
            "aifs.v1.Maintenance/Fsck",
            "aifs.v1.Maintenance/ListJobs",
            "aifs.v1.Maintenance/RunJob",
            "aifs.v1.Maintenance/CancelJob",
            "aifs.v1.Maintenance/Collect");
  }

  @Test
  void aPathOutsideIsRefusedInTheSameWordsWhetherItIsThereOrNot() {
    Channel train = with("path = data/train");
    OF_PATHS.forEach(
        (name, probe) -> {
          String there = end(() -> probe.call(train, "main", "secret/x"), "secret/x");
          String absent = end(() -> probe.call(train, "main", "secret/no"), "secret/no");
          String beside = end(() -> probe.call(train, "main", "data/trains"), "data/trains");
          assertThat(there).as(name).contains("PERMISSION_DENIED").contains("TOKEN_NOT_ALLOWED");
          assertThat(absent).as(name).isEqualTo(there);
          assertThat(beside).as(name).isEqualTo(there);
        });
  }

  @Test
  void aRefOutsideIsRefusedInTheSameWordsWhetherItIsThereOrNot() {
    Channel tagged = with("ref = v2,other");
    OF_REFS.forEach(
        (name, probe) -> {
          String there = end(() -> probe.call(tagged, "side", INSIDE), "side");
          String absent = end(() -> probe.call(tagged, "nosuch", INSIDE), "nosuch");
          assertThat(there).as(name).contains("PERMISSION_DENIED").contains("TOKEN_NOT_ALLOWED");
          assertThat(absent).as(name).isEqualTo(there);
        });
  }

  @Test
  void insideEveryCallIsAnswered() {
    Channel train = with("path = data/train");
    put("main", "data/train/w", RestrictedProbes.TENSORS);
    OF_PATHS.forEach(
        (name, probe) -> {
          String path = INSIDE;
          if (name.endsWith("/Checkout") || name.endsWith("/ProveEntry")) {
            path = "data/train/sub/b";
          } else if (name.contains("Put") || name.contains("Transactions")) {
            path = "data/train/mine";
          } else if (name.endsWith("/RemovePaths") || name.endsWith("/MovePath")) {
            path = "data/train/later";
          } else if (name.contains("Tensors/")) {
            path = "data/train/w";
          }
          String used = path;
          if (!name.endsWith("/MovePath")) {
            assertThat(end(() -> probe.call(train, "main", used))).as(name).isEqualTo("OK");
          }
        });
    assertThat(end(() -> probe("Tree/MovePath").call(train, "main", INSIDE))).isEqualTo("OK");
    assertThat(read(train, "main", "data/train/moved")).isEqualTo("train a");
    assertThat(read(train, "main", "data/train/back")).isEqualTo("train b");
  }

  @Test
  void ofTheDirectoriesAboveOnlyTheWayDownShows() {
    Channel train = with("path = data/train");
    assertThat(children(train, "")).containsExactly("data");
    assertThat(children(train, "data")).containsExactly("data/train");
    assertThat(walk(train, "main", ""))
        .containsExactlyInAnyOrder(
            INSIDE, "data/train/deep/er/t", "data/train/later", "data/train/sub/b");
    assertThat(stat(train, "main", "data", "data/train", INSIDE))
        .containsExactly("data", "data/train", INSIDE);
    assertThat(
            tree(train).getUsage(GetUsageRequest.newBuilder().setPath("data").build()).getFiles())
        .isEqualTo(4);
    Channel nothing = with("path = data/nowhere");
    assertThat(children(nothing, "")).isEmpty();
    assertThat(stat(nothing, "main", "data", "data/nowhere")).isEmpty();
    Channel apart = with("path = data", "path = secret");
    assertThat(children(apart, "")).isEmpty();
    assertRefused(
        Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> read(apart, "main", "secret/x"));
    assertThat(walk(with("path = data", "path = data/test"), "main", ""))
        .containsExactly("data/test/c");
  }

  @Test
  void anAssetIsReadByIdWhereAPathThatIsAllowedNamesIt() {
    Channel train = with("path = data/train");
    ContentGrpc.ContentBlockingStub content = ContentGrpc.newBlockingStub(train);
    ReadRequest found =
        ReadRequest.newBuilder().setAssetId(idOf("train a")).setFoundPath(INSIDE).build();
    assertThat(text(content.read(found))).isEqualTo("train a");
    // Also when it is in memory.
    assertThat(text(content.read(found))).isEqualTo("train a");
    ReadRequest bare = ReadRequest.newBuilder().setAssetId(idOf("train a")).build();
    assertRefused(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> text(content.read(bare)));
    String other =
        end(() -> text(content.read(found.toBuilder().setAssetId(idOf("secret x")).build())));
    String none = end(() -> text(content.read(found.toBuilder().setAssetId(idOf("none")).build())));
    assertThat(other).contains("NOT_FOUND");
    assertThat(other.replace(idOf("secret x"), "ID")).isEqualTo(none.replace(idOf("none"), "ID"));
    List<ReadManyResponse> many =
        readMany(train, "main", INSIDE, idOf("train a"), idOf("secret x"), idOf("none"));
    List<io.aifs.proto.v1.RangeFrame> frames =
        many.stream().flatMap(one -> one.getFramesList().stream()).toList();
    assertThat(frames.get(0).getData().toStringUtf8()).isEqualTo("train a");
    assertThat(frames.get(1).getError().isEmpty()).isFalse();
    assertThat(frames.get(1).getError().toStringUtf8().replace(idOf("secret x"), idOf("none")))
        .isEqualTo(frames.get(2).getError().toStringUtf8());
    var detail =
        aifs(train)
            .getAsset(
                GetAssetRequest.newBuilder()
                    .setAssetId(idOf("train a"))
                    .setFoundPath(INSIDE)
                    .build());
    assertThat(detail.getMetadata().getSize()).isEqualTo(7);
  }

  @Test
  void aTagIsReadAndItsAncestorsAreButNoOtherRef() {
    Channel v1 = with("ref = v1");
    assertThat(read(v1, "v1", "secret/x")).isEqualTo("secret x");
    assertThat(read(v1, "v1~0", "secret/x")).isEqualTo("secret x");
    assertThat(stat(v1, "v1", "data/train/later")).isEmpty();
    assertThat(walk(v1, "v1", "")).hasSize(5);
    assertThat(history(v1).describeSnapshot(ref("v1")).getEntries()).isEqualTo(5);
    for (String other : List.of("main", "", "side", "snap:" + snapshot, "snap:" + UNKNOWN)) {
      assertRefused(
          Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> read(v1, other, "secret/x"));
    }
    assertThat(read(with("ref = snap:" + snapshot), "snap:" + snapshot, "secret/x"))
        .isEqualTo("secret x");
    assertThat(read(with("path = data/train"), "snap:" + snapshot, INSIDE)).isEqualTo("train a");
  }

  private static DescribeSnapshotRequest ref(String ref) {
    return DescribeSnapshotRequest.newBuilder().setRef(ref).build();
  }

  @Test
  void aLogOfAnAllowedRefDoesNotBeginElsewhereByAPageToken() {
    SnapshotInfo newest = take("main");
    LogRequest one = LogRequest.newBuilder().setRef("main").setPageSize(1).build();
    String token = history.log(one).getNextPageToken();

    var page =
        history(with("ref = v1"))
            .log(LogRequest.newBuilder().setRef("v1").setPageToken(token).build());

    assertThat(page.getSnapshotsList())
        .extracting(SnapshotInfo::getSnapshotId)
        .doesNotContain(newest.getSnapshotId());
  }

  @Test
  void ofASnapshotNothingIsToldButItsRootToWhoMayReadAPart() {
    SnapshotInfo told = history(with("path = data/train")).describeSnapshot(ref("v1"));
    assertThat(told.getSnapshotId()).isEqualTo(snapshot);
    assertThat(told.getEntries() + told.getContentBytes() + told.getUnnamed()).isZero();
    assertThat(told.getStatement().isEmpty()).isTrue();
    assertThat(told.getMessage()).isEmpty();
    assertThat(told.getParentsList()).isEmpty();
    var log = history(with("path = data/train")).log(LogRequest.newBuilder().setRef("v1").build());
    assertThat(log.getSnapshots(0)).isEqualTo(told);
    // The whole of it changed.
    assertThat(
            RefsGrpc.newBlockingStub(with("path = data/train"))
                .describeBranch(DescribeBranchRequest.newBuilder().setName("main").build())
                .getChanged())
        .isFalse();
  }

  @Test
  void filesOfOtherKindsAndDirectoriesWithoutOthersAreNotThere() {
    Channel tensors = with("kind = tensor");
    assertThat(walk(tensors, "main", "")).containsExactly("data/train/deep/er/t");
    assertThat(children(tensors, "")).containsExactly("data");
    assertThat(children(tensors, "data")).containsExactly("data/train");
    assertThat(children(tensors, "data/train")).containsExactly("data/train/deep");
    assertThat(stat(tensors, "main", "secret", "secret/x", INSIDE, "data/train/deep/er/t"))
        .containsExactly("data/train/deep/er/t");
    String hidden = end(() -> read(tensors, "main", INSIDE), INSIDE);
    assertThat(hidden).contains("NOT_FOUND");
    assertThat(end(() -> read(tensors, "main", "data/none"), "data/none")).isEqualTo(hidden);
    assertThat(read(tensors, "main", "data/train/deep/er/t")).isEqualTo("tensor");
    for (String name : List.of("Tree/RemovePaths", "Tree/GetUsage", "History/Diff")) {
      assertThat(end(() -> probe(name).call(tensors, "main", INSIDE)))
          .as(name)
          .contains("PERMISSION_DENIED");
    }
    assertThat(end(() -> tree(tensors).putFiles(puts("main", "data/blob", "blob"))))
        .contains("PERMISSION_DENIED");
  }

  @Test
  void assetsThatAreListedAreReadByTheirIds() {
    Channel one = with("asset = " + idOf("train a"));
    ContentGrpc.ContentBlockingStub content = ContentGrpc.newBlockingStub(one);
    ReadRequest listed = ReadRequest.newBuilder().setAssetId(idOf("train a")).build();
    assertThat(text(content.read(listed))).isEqualTo("train a");
    String hidden =
        end(() -> text(content.read(listed.toBuilder().setAssetId(idOf("secret x")).build())));
    assertThat(hidden).contains("NOT_FOUND");
    assertThat(
            end(() -> text(content.read(listed.toBuilder().setAssetId(idOf("none")).build())))
                .replace(idOf("none"), idOf("secret x")))
        .isEqualTo(hidden);
    assertThat(
            content
                .statAssets(
                    StatAssetsRequest.newBuilder()
                        .addAssetIds(idOf("train a"))
                        .addAssetIds(idOf("secret x"))
                        .build())
                .getAssetsList())
        .hasSize(1);
    assertThat(walk(one, "main", "")).containsExactly(INSIDE);
    assertThat(end(() -> tree(one).putFiles(puts("main", "b", "train b"))))
        .contains("PERMISSION_DENIED");
    assertThat(tree(one).putFiles(puts("main", "b", "train a")).getResultsCount()).isEqualTo(1);
    assertThat(
            end(
                () ->
                    ContentGrpc.newBlockingStub(with("path = data/train"))
                        .statAssets(StatAssetsRequest.getDefaultInstance())))
        .contains("PERMISSION_DENIED");
  }

  @Test
  void contentThatLiesElsewhereIsNotFetchedByNamingIt() {
    Channel train = with("path = data/train");
    PutFilesRequest claim =
        PutFilesRequest.newBuilder()
            .addFiles(FilePut.newBuilder().setPath("data/train/x").setAssetId(idOf("secret x")))
            .build();
    assertRefused(
        Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED, () -> tree(train).putFiles(claim));
    TransactionStep move =
        TransactionStep.newBuilder()
            .setMovePath(
                MovePathStep.newBuilder().setFromPath("secret/x").setToPath("data/train/x"))
            .build();
    assertRefused(
        Code.PERMISSION_DENIED,
        Reason.TOKEN_NOT_ALLOWED,
        () ->
            TransactionsGrpc.newBlockingStub(train)
                .apply(ApplyRequest.newBuilder().addSteps(move).build()));
    assertThat(end(() -> Upload.begin(train).send(Upload.message(new byte[] {1})).finish()))
        .contains("PERMISSION_DENIED");
  }

  @Test
  void transactionsOfTheUnrestrictedTokenAreNotThere() {
    String id =
        TransactionsGrpc.newBlockingStub(channel)
            .begin(io.aifs.proto.v1.BeginTransactionRequest.getDefaultInstance())
            .getId();
    assertThat(
            end(
                () ->
                    TransactionsGrpc.newBlockingStub(with("path = data/train"))
                        .commit(
                            io.aifs.proto.v1.CommitTransactionRequest.newBuilder()
                                .setTransaction(id)
                                .build())))
        .contains("NOT_FOUND");
  }
}

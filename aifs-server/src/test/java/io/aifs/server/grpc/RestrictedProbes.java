package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetBranchRequest;
import io.aifs.proto.v1.GetTagRequest;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesStep;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadRange;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.SearchGrpc;
import io.aifs.proto.v1.SearchQuery;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorTarget;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.proto.v1.TransactionStep;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.proto.v1.VerifyRequest;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call of each method that takes restricted tokens and names a path or a ref. */
final class RestrictedProbes {
  private RestrictedProbes() {}

  /** A call that names a path at a ref, of which it reads asset "train a" if it names one. */
  @FunctionalInterface
  interface Probe {
    void call(Channel with, String ref, String path);
  }

  /** A safetensors file with a tensor "w" of four bytes. */
  static final String TENSORS =
      "8\0\0\0\0\0\0\0{\"w\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}   abcd";

  static final Map<String, Probe> OF_PATHS = new TreeMap<>();
  static final Map<String, Probe> OF_REFS = new TreeMap<>();

  static {
    OF_PATHS.put(
        "aifs.v1.AIFS/PutAsset",
        (with, ref, path) ->
            Upload.begin(with)
                .send(PutAssetRequest.newBuilder().setBranch(ref).setPath(path).build())
                .finish());
    OF_PATHS.put(
        "aifs.v1.AIFS/GetAsset",
        (with, ref, path) ->
            aifs(with)
                .getAsset(
                    GetAssetRequest.newBuilder()
                        .setAssetId(HistoryEdge.idOf("train a"))
                        .setBranch(ref)
                        .setFoundPath(path)
                        .build()));
    OF_PATHS.put(
        "aifs.v1.AIFS/VerifyAsset",
        (with, ref, path) ->
            aifs(with)
                .verifyAsset(
                    VerifyAssetRequest.newBuilder()
                        .setAssetId(HistoryEdge.idOf("train a"))
                        .setBranch(ref)
                        .setFoundPath(path)
                        .build()));
    OF_PATHS.put("aifs.v1.Content/Read", (with, ref, path) -> read(with, ref, path));
    OF_PATHS.put(
        "aifs.v1.Content/ReadMany",
        (with, ref, path) -> readMany(with, ref, path, HistoryEdge.idOf("train a")));
    OF_PATHS.put(
        "aifs.v1.Content/PutChunks",
        (with, ref, path) ->
            ChunkCall.begin(with, PutAssetRequest.newBuilder().setBranch(ref).setPath(path).build())
                .send(ChunkCall.sent(0, new byte[] {1}, 1))
                .finish(io.aifs.crypto.Digest.of(new byte[] {1})));
    OF_PATHS.put(
        "aifs.v1.Tree/PutFiles",
        (with, ref, path) -> tree(with).putFiles(puts(ref, path, "train a")));
    OF_PATHS.put("aifs.v1.Tree/StatPaths", (with, ref, path) -> stat(with, ref, path));
    OF_PATHS.put("aifs.v1.Tree/ListPaths", (with, ref, path) -> walk(with, ref, path));
    OF_PATHS.put(
        "aifs.v1.Tree/RemovePaths",
        (with, ref, path) ->
            tree(with)
                .removePaths(
                    RemovePathsRequest.newBuilder().setBranch(ref).addPaths(path).build()));
    OF_PATHS.put(
        "aifs.v1.Tree/MovePath",
        (with, ref, path) ->
            tree(with)
                .movePath(
                    MovePathRequest.newBuilder()
                        .setBranch(ref)
                        .setFromPath(path)
                        .setToPath("data/train/moved")
                        .build()));
    OF_PATHS.put(
        "aifs.v1.Tree/GetUsage",
        (with, ref, path) ->
            tree(with).getUsage(GetUsageRequest.newBuilder().setBranch(ref).setPath(path).build()));
    OF_PATHS.put(
        "aifs.v1.History/ProveEntry",
        (with, ref, path) ->
            history(with)
                .proveEntry(ProveEntryRequest.newBuilder().setRef(ref).setPath(path).build()));
    OF_PATHS.put(
        "aifs.v1.History/Log",
        (with, ref, path) ->
            history(with).log(LogRequest.newBuilder().setRef(ref).setPath(path).build()));
    OF_PATHS.put(
        "aifs.v1.History/Diff",
        (with, ref, path) ->
            history(with).diff(DiffRequest.newBuilder().setTo(ref).setPath(path).build()));
    OF_PATHS.put(
        "aifs.v1.History/Checkout",
        (with, ref, path) ->
            history(with)
                .checkout(
                    CheckoutRequest.newBuilder()
                        .setBranch(ref)
                        .setRef(ref)
                        .setPath(path)
                        .setToPath("data/train/back")
                        .build()));
    OF_PATHS.put(
        "aifs.v1.Maintenance/Verify",
        (with, ref, path) ->
            all(
                MaintenanceGrpc.newBlockingStub(with)
                    .verify(VerifyRequest.newBuilder().setBranch(ref).addPaths(path).build())));
    OF_PATHS.put(
        "aifs.v1.Transactions/Apply",
        (with, ref, path) ->
            TransactionsGrpc.newBlockingStub(with)
                .apply(ApplyRequest.newBuilder().addSteps(step(ref, path)).build()));
    OF_PATHS.put(
        "aifs.v1.Transactions/Stage",
        (with, ref, path) -> TransactionsGrpc.newBlockingStub(with).stage(staged(with, ref, path)));
    OF_PATHS.put(
        "aifs.v1.Search/Search",
        (with, ref, path) ->
            SearchGrpc.newBlockingStub(with)
                .search(
                    SearchRequest.newBuilder()
                        .addQueries(SearchQuery.newBuilder().setVector(SearchEdge.vector(1, 0)))
                        .setAt(ref)
                        .setPath(path)
                        .build()));
    OF_PATHS.put(
        "aifs.v1.Tensors/DescribeTensors",
        (with, ref, path) ->
            tensors(with)
                .describeTensors(
                    DescribeTensorsRequest.newBuilder().setTarget(target(ref, path)).build()));
    OF_PATHS.put(
        "aifs.v1.Tensors/TensorStatistics",
        (with, ref, path) ->
            all(
                tensors(with)
                    .tensorStatistics(
                        TensorStatisticsRequest.newBuilder()
                            .setTarget(target(ref, path))
                            .build())));
    OF_PATHS.put(
        "aifs.v1.Tensors/ReadSlice",
        (with, ref, path) ->
            all(
                tensors(with)
                    .readSlice(
                        ReadSliceRequest.newBuilder()
                            .setTarget(target(ref, path))
                            .setName("w")
                            .build())));
    OF_PATHS.put(
        "aifs.v1.Tensors/DiffTensors",
        (with, ref, path) ->
            all(
                tensors(with)
                    .diffTensors(
                        DiffTensorsRequest.newBuilder()
                            .setLeft(target(ref, path))
                            .setRight(target(ref, path))
                            .build())));
    OF_REFS.putAll(OF_PATHS);
    OF_REFS.put(
        "aifs.v1.AIFS/GetBranch",
        (with, ref, _) ->
            aifs(with).getBranch(GetBranchRequest.newBuilder().setBranchName(ref).build()));
    OF_REFS.put(
        "aifs.v1.AIFS/GetTag",
        (with, ref, _) -> aifs(with).getTag(GetTagRequest.newBuilder().setTagName(ref).build()));
    OF_REFS.put(
        "aifs.v1.Refs/DescribeBranch",
        (with, ref, _) ->
            RefsGrpc.newBlockingStub(with)
                .describeBranch(DescribeBranchRequest.newBuilder().setName(ref).build()));
    OF_REFS.put(
        "aifs.v1.History/DescribeSnapshot",
        (with, ref, _) ->
            history(with)
                .describeSnapshot(DescribeSnapshotRequest.newBuilder().setRef(ref).build()));
    OF_REFS.put(
        "aifs.v1.History/TakeSnapshot",
        (with, ref, _) ->
            history(with).takeSnapshot(TakeSnapshotRequest.newBuilder().setBranch(ref).build()));
  }

  static Probe probe(String method) {
    return requireNonNull(OF_PATHS.get("aifs.v1." + method), method);
  }

  private static TensorsGrpc.TensorsBlockingStub tensors(Channel with) {
    return TensorsGrpc.newBlockingStub(with);
  }

  private static TensorTarget target(String ref, String path) {
    return TensorTarget.newBuilder().setRef(ref).setPath(path).build();
  }

  static AIFSGrpc.AIFSBlockingStub aifs(Channel with) {
    return AIFSGrpc.newBlockingStub(with);
  }

  static TreeGrpc.TreeBlockingStub tree(Channel with) {
    return TreeGrpc.newBlockingStub(with);
  }

  static HistoryGrpc.HistoryBlockingStub history(Channel with) {
    return HistoryGrpc.newBlockingStub(with);
  }

  static <T> List<T> all(Iterator<T> replies) {
    List<T> all = new ArrayList<>();
    replies.forEachRemaining(all::add);
    return all;
  }

  static String read(Channel with, String ref, String path) {
    return text(
        ContentGrpc.newBlockingStub(with)
            .read(ReadRequest.newBuilder().setBranch(ref).setPath(path).build()));
  }

  static String text(Iterator<io.aifs.proto.v1.ReadResponse> frames) {
    return all(frames).stream()
        .map(frame -> frame.getData().toStringUtf8())
        .reduce("", String::concat);
  }

  static List<ReadManyResponse> readMany(Channel with, String ref, String path, String... ids) {
    ReadManyRequest.Builder request = ReadManyRequest.newBuilder().setBranch(ref);
    for (String id : ids) {
      request.addRanges(ReadRange.newBuilder().setAssetId(id).setFoundPath(path));
    }
    return all(ContentGrpc.newBlockingStub(with).readMany(request.build()));
  }

  static PutFilesRequest puts(String ref, String path, String content) {
    return PutFilesRequest.newBuilder()
        .setBranch(ref)
        .addFiles(FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(content)))
        .build();
  }

  static TransactionStep step(String ref, String path) {
    PutFilesRequest put = puts(ref, path, "train a");
    return TransactionStep.newBuilder()
        .setPutFiles(
            PutFilesStep.newBuilder().setBranch(ref).addAllFiles(put.getFilesList()).build())
        .build();
  }

  static io.aifs.proto.v1.StageRequest staged(Channel with, String ref, String path) {
    String id =
        TransactionsGrpc.newBlockingStub(with)
            .begin(io.aifs.proto.v1.BeginTransactionRequest.getDefaultInstance())
            .getId();
    return io.aifs.proto.v1.StageRequest.newBuilder()
        .setTransaction(id)
        .addSteps(step(ref, path))
        .build();
  }

  static List<String> stat(Channel with, String ref, String... paths) {
    return names(
        tree(with)
            .statPaths(
                StatPathsRequest.newBuilder().setBranch(ref).addAllPaths(List.of(paths)).build())
            .getPathsList());
  }

  static List<String> walk(Channel with, String ref, String path) {
    return names(
        tree(with)
            .listPaths(
                ListPathsRequest.newBuilder()
                    .setBranch(ref)
                    .setPath(path)
                    .setRecursive(true)
                    .build())
            .getPathsList());
  }

  static List<String> children(Channel with, String path) {
    return names(
        tree(with).listPaths(ListPathsRequest.newBuilder().setPath(path).build()).getPathsList());
  }

  static List<String> names(List<PathInfo> paths) {
    return paths.stream().map(PathInfo::getPath).toList();
  }
}

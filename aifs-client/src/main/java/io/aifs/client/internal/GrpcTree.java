package io.aifs.client.internal;

import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.Tree;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.GetUsageResponse;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListPathsResponse;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.MovePathResponse;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.RemovePathsResponse;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.TreeGrpc;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Paths over the service Tree. */
final class GrpcTree implements Tree {
  private final Caller caller;
  private final Name namespace;

  GrpcTree(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public PutFilesOutcome putFiles(Name branch, List<FilePut> files) {
    return new FileBatch(namespace, branch, files).put(caller);
  }

  @Override
  public Map<TreePath, PathInfo> stat(Ref ref, Collection<TreePath> paths) {
    Map<TreePath, PathInfo> found = new LinkedHashMap<>();
    for (List<TreePath> batch : Batches.of(paths)) {
      StatPathsRequest request =
          StatPathsRequest.newBuilder()
              .setNamespace(namespace.value())
              .setBranch(ref.toString())
              .addAllPaths(values(batch))
              .build();
      caller
          .ask(
              TreeGrpc.getStatPathsMethod(),
              request,
              response -> response.getPathsList().stream().map(FromWire::path).toList())
          .forEach(path -> found.put(path.path(), path));
    }
    return found;
  }

  @Override
  public PathPage list(
      Ref ref, TreePath directory, boolean recursive, int pageSize, Optional<String> pageToken) {
    ListPathsRequest request =
        ListPathsRequest.newBuilder()
            .setNamespace(namespace.value())
            .setBranch(ref.toString())
            .setPath(directory.value())
            .setRecursive(recursive)
            .setPageSize(pageSize)
            .setPageToken(pageToken.orElse(""))
            .build();
    return caller.ask(TreeGrpc.getListPathsMethod(), request, GrpcTree::page);
  }

  private static PathPage page(ListPathsResponse response) {
    return new PathPage(
        response.getPathsList().stream().map(FromWire::path).toList(),
        FromWire.pageToken(response.getNextPageToken()));
  }

  @Override
  public long remove(Name branch, List<TreePath> paths, boolean recursive) {
    long removed = 0;
    for (List<TreePath> batch : Batches.of(paths)) {
      removed +=
          caller.change(
              TreeGrpc.getRemovePathsMethod(),
              requestId ->
                  RemovePathsRequest.newBuilder()
                      .setNamespace(namespace.value())
                      .setBranch(branch.value())
                      .addAllPaths(values(batch))
                      .setRecursive(recursive)
                      .setRequestId(requestId)
                      .setTransaction(caller.transaction())
                      .build(),
              RemovePathsResponse::getRemoved);
    }
    return removed;
  }

  @Override
  public long move(Name branch, TreePath from, TreePath to) {
    return caller.change(
        TreeGrpc.getMovePathMethod(),
        requestId ->
            MovePathRequest.newBuilder()
                .setNamespace(namespace.value())
                .setBranch(branch.value())
                .setFromPath(from.value())
                .setToPath(to.value())
                .setRequestId(requestId)
                .setTransaction(caller.transaction())
                .build(),
        MovePathResponse::getMoved);
  }

  @Override
  public Usage usage(Ref ref, TreePath path) {
    GetUsageRequest request =
        GetUsageRequest.newBuilder()
            .setNamespace(namespace.value())
            .setBranch(ref.toString())
            .setPath(path.value())
            .build();
    return caller.ask(TreeGrpc.getGetUsageMethod(), request, GrpcTree::usage);
  }

  private static Usage usage(GetUsageResponse response) {
    return new Usage(
        response.getFiles(),
        response.getDirectories(),
        response.getSymlinks(),
        response.getContentBytes(),
        response.getDistinctBytes());
  }

  private static List<String> values(List<TreePath> paths) {
    return paths.stream().map(TreePath::value).toList();
  }
}

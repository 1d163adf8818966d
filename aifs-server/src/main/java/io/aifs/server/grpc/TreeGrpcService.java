package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.GetUsageResponse;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListPathsResponse;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.MovePathResponse;
import io.aifs.proto.v1.PutFileResult;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.RemovePathsResponse;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.StatPathsResponse;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.engine.FilesResult;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.history.PathReads;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Tree}: the paths of a branch. */
final class TreeGrpcService extends TreeGrpc.TreeImplBase {
  private static final int PAGE_DEFAULT = 1_000;

  private final PathReads paths;
  private final TreeService tree;
  private final FilesService files;
  private final Namespaces namespaces;

  TreeGrpcService(PathReads paths, TreeService tree, FilesService files, Namespaces namespaces) {
    this.paths = paths;
    this.tree = tree;
    this.files = files;
    this.namespaces = namespaces;
  }

  @Override
  public void putFiles(PutFilesRequest request, StreamObserver<PutFilesResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "PutFiles", request);
    FilesResult result =
        files.put(namespace, branch, FilePuts.of(request.getFilesList()), identity);
    PutFilesResponse.Builder reply =
        PutFilesResponse.newBuilder()
            .setStoredBytes(result.tally().storedBytes())
            .setChunks(result.tally().chunks())
            .setNewChunks(result.tally().newChunks())
            .setVersion(result.version());
    for (var id : result.ids()) {
      PutFileResult.Builder one = PutFileResult.newBuilder();
      id.ifPresent(
          asset -> one.setAssetId(asset.hex()).setNewContent(result.born().contains(asset)));
      reply.addResults(one);
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void statPaths(StatPathsRequest request, StreamObserver<StatPathsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Ref ref = Requests.ref("branch", request.getBranch());
    List<TreePath> wanted = Requests.paths("paths", request.getPathsList());
    StatPathsResponse.Builder reply = StatPathsResponse.newBuilder();
    paths
        .read(namespace, ref, queries -> queries.describeAll(wanted))
        .forEach(entry -> reply.addPaths(Wire.path(entry)));
    Replies.send(observer, reply.build());
  }

  @Override
  public void listPaths(ListPathsRequest request, StreamObserver<ListPathsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Ref ref = Requests.ref("branch", request.getBranch());
    TreePath path = Requests.path("path", request.getPath());
    int limit = Requests.limit("page_size", request.getPageSize(), PAGE_DEFAULT, Limits.PAGE_MAX);
    List<PathEntry> found = page(request, namespace, ref, path, limit + 1);
    List<PathEntry> page = found.subList(0, Math.min(limit, found.size()));
    ListPathsResponse.Builder reply = ListPathsResponse.newBuilder();
    page.forEach(entry -> reply.addPaths(Wire.path(entry)));
    if (found.size() > limit) {
      TreePath last = page.getLast().path();
      reply.setNextPageToken(
          request.getRecursive()
              ? PageToken.PATHS.encode(last.value())
              : PageToken.CHILDREN.encode(last.name()));
    }
    Replies.send(observer, reply.build());
  }

  private List<PathEntry> page(
      ListPathsRequest request, NamespaceRow namespace, Ref ref, TreePath path, int limit) {
    String token = request.getPageToken();
    if (request.getRecursive()) {
      Optional<TreePath> after =
          PageToken.PATHS.decode(token).map(place -> Requests.path("page_token", place));
      return paths.read(namespace, ref, queries -> queries.walk(path, after, limit));
    }
    Optional<String> after = PageToken.CHILDREN.decode(token);
    return paths.read(namespace, ref, queries -> queries.children(path, after, limit));
  }

  @Override
  public void removePaths(
      RemovePathsRequest request, StreamObserver<RemovePathsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    List<TreePath> paths = Requests.paths("paths", request.getPathsList());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "RemovePaths", request);
    TreeService.Change change =
        tree.remove(namespace, branch, paths, request.getRecursive(), identity);
    Replies.send(
        observer,
        RemovePathsResponse.newBuilder()
            .setRemoved(change.entries())
            .setVersion(change.version())
            .build());
  }

  @Override
  public void movePath(MovePathRequest request, StreamObserver<MovePathResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    TreePath from = Requests.path("from_path", request.getFromPath());
    TreePath to = Requests.path("to_path", request.getToPath());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "MovePath", request);
    TreeService.Change change = tree.move(namespace, branch, from, to, identity);
    Replies.send(
        observer,
        MovePathResponse.newBuilder()
            .setMoved(change.entries())
            .setVersion(change.version())
            .build());
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Ref ref = Requests.ref("branch", request.getBranch());
    TreePath path = Requests.path("path", request.getPath());
    TreeUsage usage = paths.read(namespace, ref, queries -> queries.usage(path));
    Replies.send(
        observer,
        GetUsageResponse.newBuilder()
            .setFiles(usage.files())
            .setDirectories(usage.directories())
            .setSymlinks(usage.symlinks())
            .setContentBytes(usage.contentBytes())
            .setDistinctBytes(usage.distinctBytes())
            .build());
  }
}

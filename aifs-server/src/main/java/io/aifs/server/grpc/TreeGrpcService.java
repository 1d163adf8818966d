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
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.FilesResult;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.PathChanges;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import io.aifs.server.engine.transaction.TransactionService;
import io.aifs.server.model.PutTally;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Tree}: the paths of a branch. */
final class TreeGrpcService extends TreeGrpc.TreeImplBase {
  private static final int PAGE_DEFAULT = 1_000;

  private final ScopedReads paths;
  private final TreeService tree;
  private final FilesService files;
  private final TransactionService transactions;
  private final Namespaces namespaces;

  TreeGrpcService(
      ScopedReads paths,
      TreeService tree,
      FilesService files,
      TransactionService transactions,
      Namespaces namespaces) {
    this.paths = paths;
    this.tree = tree;
    this.files = files;
    this.transactions = transactions;
    this.namespaces = namespaces;
  }

  @Override
  public void putFiles(PutFilesRequest request, StreamObserver<PutFilesResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "PutFiles", request);
    List<FilePut> puts = FilePuts.of(branch, request.getFilesList());
    boolean readsAll = Scope.current().readsAll();
    FilesResult result =
        TransactionKeys.optional(namespace, request.getTransaction())
            .map(
                key ->
                    files.put(namespace, branch, puts, readsAll, transactions.puts(key), identity))
            .orElseGet(() -> files.put(namespace, branch, puts, readsAll, identity));
    Replies.send(observer, answer(result, bytes(puts)));
  }

  private static PutFilesResponse answer(FilesResult result, long contentBytes) {
    PutAnswers answers = PutAnswers.current();
    PutTally tally = answers.tally(result.tally(), contentBytes);
    PutFilesResponse.Builder reply =
        PutFilesResponse.newBuilder()
            .setStoredBytes(tally.storedBytes())
            .setChunks(tally.chunks())
            .setNewChunks(tally.newChunks())
            .setVersion(answers.version(result.version()));
    for (var id : result.ids()) {
      PutFileResult.Builder one = PutFileResult.newBuilder();
      id.ifPresent(
          asset ->
              one.setAssetId(asset.hex())
                  .setNewContent(answers.isNew(result.born().contains(asset)))
                  .setPayloadProblem(result.problems().getOrDefault(asset, "")));
      reply.addResults(one);
    }
    return reply.build();
  }

  private static long bytes(List<FilePut> puts) {
    long bytes = 0;
    for (FilePut put : puts) {
      bytes += put.what() instanceof FilePut.What.Data(byte[] data) ? data.length : 0;
    }
    return bytes;
  }

  @Override
  public void statPaths(StatPathsRequest request, StreamObserver<StatPathsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Ref ref = Requests.ref("branch", request.getBranch());
    List<TreePath> wanted = Requests.paths("paths", request.getPathsList());
    wanted.forEach(Scope.current()::requireOnWay);
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
    Scope.current().requireOnWay(path);
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
    Scope.current().requireChange(branch, paths);
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "RemovePaths", request);
    TreeService.Change change =
        TransactionKeys.optional(namespace, request.getTransaction())
            .map(
                key -> {
                  PathChanges.requireBatch(paths);
                  return stage(
                      key,
                      new StagedStep.RemovePaths(branch, paths, request.getRecursive()),
                      identity);
                })
            .orElseGet(
                () -> tree.remove(namespace, branch, paths, request.getRecursive(), identity));
    Replies.send(
        observer,
        RemovePathsResponse.newBuilder()
            .setRemoved(change.entries())
            .setVersion(PutAnswers.current().version(change.version()))
            .build());
  }

  @Override
  public void movePath(MovePathRequest request, StreamObserver<MovePathResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Name branch = Requests.branch(request.getBranch());
    TreePath from = Requests.path("from_path", request.getFromPath());
    TreePath to = Requests.path("to_path", request.getToPath());
    Scope.current().requireChange(branch, List.of(from, to));
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "MovePath", request);
    TreeService.Change change =
        TransactionKeys.optional(namespace, request.getTransaction())
            .map(
                key -> {
                  PathChanges.requireMovable(from, to);
                  return stage(key, new StagedStep.MovePath(branch, from, to), identity);
                })
            .orElseGet(() -> tree.move(namespace, branch, from, to, identity));
    Replies.send(
        observer,
        MovePathResponse.newBuilder()
            .setMoved(change.entries())
            .setVersion(change.version())
            .build());
  }

  /** Nothing has changed when a step is staged. */
  private TreeService.Change stage(
      TransactionKey key, StagedStep step, Optional<WriteRequest> request) {
    var _ = transactions.stage(key, List.of(new StepOrder.Ready(step)), request);
    return new TreeService.Change(0, 0);
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Ref ref = Requests.ref("branch", request.getBranch());
    TreePath path = Requests.path("path", request.getPath());
    Scope.current().requireAllContent();
    Scope.current().requireOnWay(path);
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

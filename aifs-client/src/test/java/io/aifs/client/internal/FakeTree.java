package io.aifs.client.internal;

import io.aifs.crypto.Digest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.GetUsageResponse;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListPathsResponse;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.MovePathResponse;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.PutFileResult;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.RemovePathsResponse;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.StatPathsResponse;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers every call about paths, notes the requests, and fails first as its script says. */
final class FakeTree extends TreeGrpc.TreeImplBase {
  final LinkedBlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
  final List<Object> requests = new CopyOnWriteArrayList<>();

  /** Takes other bytes than it was sent. */
  volatile boolean lying;

  /** Compresses its answers. */
  volatile boolean compressing;

  /** Never answers. */
  volatile boolean silent;

  volatile ListPathsResponse page = ListPathsResponse.getDefaultInstance();
  volatile List<PathInfo> known = List.of();

  /** Whether the deadline of the last call was known here. */
  volatile boolean deadlineSeen;

  private <R> void answer(Object request, StreamObserver<R> responses, R response) {
    requests.add(request);
    deadlineSeen = Context.current().getDeadline() != null;
    if (silent) {
      return;
    }
    RuntimeException failure = failures.poll();
    if (failure != null) {
      responses.onError(failure);
      return;
    }
    if (compressing && responses instanceof ServerCallStreamObserver<R> call) {
      call.setCompression(ZstdCodec.ENCODING);
    }
    responses.onNext(response);
    responses.onCompleted();
  }

  @Override
  public void putFiles(PutFilesRequest request, StreamObserver<PutFilesResponse> responses) {
    PutFilesResponse.Builder response =
        PutFilesResponse.newBuilder().setStoredBytes(1).setChunks(2).setNewChunks(3).setVersion(4);
    for (FilePut file : request.getFilesList()) {
      response.addResults(result(file));
    }
    answer(request, responses, response.build());
  }

  private PutFileResult result(FilePut file) {
    String id =
        switch (file.getContentCase()) {
          case DATA -> Digest.of(lying ? new byte[] {66} : file.getData().toByteArray()).hex();
          case ASSET_ID -> file.getAssetId();
          case SYMLINK, DIRECTORY, CONTENT_NOT_SET -> "";
        };
    return PutFileResult.newBuilder().setAssetId(id).setNewContent(file.hasData()).build();
  }

  @Override
  public void statPaths(StatPathsRequest request, StreamObserver<StatPathsResponse> responses) {
    StatPathsResponse.Builder response = StatPathsResponse.newBuilder();
    known.stream()
        .filter(path -> request.getPathsList().contains(path.getPath()))
        .forEach(response::addPaths);
    answer(request, responses, response.build());
  }

  @Override
  public void listPaths(ListPathsRequest request, StreamObserver<ListPathsResponse> responses) {
    answer(request, responses, page);
  }

  @Override
  public void removePaths(
      RemovePathsRequest request, StreamObserver<RemovePathsResponse> responses) {
    answer(
        request,
        responses,
        RemovePathsResponse.newBuilder().setRemoved(request.getPathsCount()).build());
  }

  @Override
  public void movePath(MovePathRequest request, StreamObserver<MovePathResponse> responses) {
    answer(request, responses, MovePathResponse.newBuilder().setMoved(12).build());
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> responses) {
    GetUsageResponse response =
        GetUsageResponse.newBuilder()
            .setFiles(1)
            .setDirectories(2)
            .setSymlinks(3)
            .setContentBytes(4)
            .setDistinctBytes(5)
            .build();
    answer(request, responses, response);
  }
}

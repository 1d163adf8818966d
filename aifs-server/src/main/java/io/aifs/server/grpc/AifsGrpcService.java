package io.aifs.server.grpc;

import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.CreateBranchRequest;
import io.aifs.proto.v1.CreateBranchResponse;
import io.aifs.proto.v1.CreateSnapshotRequest;
import io.aifs.proto.v1.CreateSnapshotResponse;
import io.aifs.proto.v1.CreateTagRequest;
import io.aifs.proto.v1.CreateTagResponse;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DeleteAssetResponse;
import io.aifs.proto.v1.DeleteBranchRequest;
import io.aifs.proto.v1.DeleteBranchResponse;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.DeleteTagResponse;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.GetBranchHistoryRequest;
import io.aifs.proto.v1.GetBranchHistoryResponse;
import io.aifs.proto.v1.GetBranchRequest;
import io.aifs.proto.v1.GetBranchResponse;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.GetNamespaceResponse;
import io.aifs.proto.v1.GetSnapshotRequest;
import io.aifs.proto.v1.GetSnapshotResponse;
import io.aifs.proto.v1.GetTagRequest;
import io.aifs.proto.v1.GetTagResponse;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.ListBranchesRequest;
import io.aifs.proto.v1.ListBranchesResponse;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListNamespacesResponse;
import io.aifs.proto.v1.ListTagsRequest;
import io.aifs.proto.v1.ListTagsResponse;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.proto.v1.VectorSearchRequest;
import io.aifs.proto.v1.VectorSearchResponse;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.proto.v1.VerifyAssetResponse;
import io.aifs.proto.v1.VerifySnapshotRequest;
import io.aifs.proto.v1.VerifySnapshotResponse;
import io.grpc.stub.StreamObserver;

/**
 * {@code aifs.v1.AIFS}: the service that existing clients speak. A table of contents: each topic
 * has a class of its own.
 */
final class AifsGrpcService extends AIFSGrpc.AIFSImplBase {
  private final Uploads uploads;
  private final AssetCalls assets;
  private final NamespaceCalls namespaces;
  private final SnapshotCalls snapshots;
  private final RefCalls refs;
  private final EventCalls events;
  private final SearchCalls searches;

  AifsGrpcService(
      Uploads uploads,
      AssetCalls assets,
      NamespaceCalls namespaces,
      SnapshotCalls snapshots,
      RefCalls refs,
      EventCalls events,
      SearchCalls searches) {
    this.uploads = uploads;
    this.assets = assets;
    this.namespaces = namespaces;
    this.snapshots = snapshots;
    this.refs = refs;
    this.events = events;
    this.searches = searches;
  }

  @Override
  public StreamObserver<PutAssetRequest> putAsset(StreamObserver<PutAssetResponse> observer) {
    return uploads.begin(observer);
  }

  @Override
  public void getAsset(GetAssetRequest request, StreamObserver<GetAssetResponse> observer) {
    Replies.send(observer, assets.get(request));
  }

  @Override
  public void deleteAsset(
      DeleteAssetRequest request, StreamObserver<DeleteAssetResponse> observer) {
    Replies.send(observer, assets.delete(request));
  }

  @Override
  public void listAssets(ListAssetsRequest request, StreamObserver<ListAssetsResponse> observer) {
    Replies.send(observer, assets.list(request));
  }

  @Override
  public void verifyAsset(
      VerifyAssetRequest request, StreamObserver<VerifyAssetResponse> observer) {
    Replies.send(observer, assets.verify(request));
  }

  @Override
  public void listNamespaces(
      ListNamespacesRequest request, StreamObserver<ListNamespacesResponse> observer) {
    Replies.send(observer, namespaces.list(request));
  }

  @Override
  public void getNamespace(
      GetNamespaceRequest request, StreamObserver<GetNamespaceResponse> observer) {
    Replies.send(observer, namespaces.get(request));
  }

  @Override
  public void vectorSearch(
      VectorSearchRequest request, StreamObserver<VectorSearchResponse> observer) {
    Replies.send(observer, searches.search(request));
  }

  @Override
  public void createSnapshot(
      CreateSnapshotRequest request, StreamObserver<CreateSnapshotResponse> observer) {
    Replies.send(observer, snapshots.create(request));
  }

  @Override
  public void getSnapshot(
      GetSnapshotRequest request, StreamObserver<GetSnapshotResponse> observer) {
    Replies.send(observer, snapshots.get(request));
  }

  @Override
  public void verifySnapshot(
      VerifySnapshotRequest request, StreamObserver<VerifySnapshotResponse> observer) {
    Replies.send(observer, snapshots.verify(request));
  }

  @Override
  public void subscribeEvents(
      SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> observer) {
    events.subscribe(request, observer);
  }

  @Override
  public void createBranch(
      CreateBranchRequest request, StreamObserver<CreateBranchResponse> observer) {
    Replies.send(observer, refs.createBranch(request));
  }

  @Override
  public void getBranch(GetBranchRequest request, StreamObserver<GetBranchResponse> observer) {
    Replies.send(observer, refs.getBranch(request));
  }

  @Override
  public void listBranches(
      ListBranchesRequest request, StreamObserver<ListBranchesResponse> observer) {
    Replies.send(observer, refs.listBranches(request));
  }

  @Override
  public void deleteBranch(
      DeleteBranchRequest request, StreamObserver<DeleteBranchResponse> observer) {
    Replies.send(observer, refs.deleteBranch(request));
  }

  @Override
  public void getBranchHistory(
      GetBranchHistoryRequest request, StreamObserver<GetBranchHistoryResponse> observer) {
    Replies.send(observer, refs.branchHistory(request));
  }

  @Override
  public void createTag(CreateTagRequest request, StreamObserver<CreateTagResponse> observer) {
    Replies.send(observer, refs.createTag(request));
  }

  @Override
  public void getTag(GetTagRequest request, StreamObserver<GetTagResponse> observer) {
    Replies.send(observer, refs.getTag(request));
  }

  @Override
  public void listTags(ListTagsRequest request, StreamObserver<ListTagsResponse> observer) {
    Replies.send(observer, refs.listTags(request));
  }

  @Override
  public void deleteTag(DeleteTagRequest request, StreamObserver<DeleteTagResponse> observer) {
    Replies.send(observer, refs.deleteTag(request));
  }
}

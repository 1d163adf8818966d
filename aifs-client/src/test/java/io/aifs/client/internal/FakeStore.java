package io.aifs.client.internal;

import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.CreateNamespaceResponse;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DeleteAssetResponse;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.GetNamespaceResponse;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListNamespacesResponse;
import io.aifs.proto.v1.NamespaceInfo;
import io.aifs.proto.v1.ResolvePrefixRequest;
import io.aifs.proto.v1.ResolvePrefixResponse;
import io.aifs.proto.v1.StatAssetsRequest;
import io.aifs.proto.v1.StatAssetsResponse;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.proto.v1.VerifyAssetResponse;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers questions about assets and namespaces from what a test gave it. */
final class FakeStore {
  final List<Object> requests = new CopyOnWriteArrayList<>();
  final List<AssetMetadata> assets = new CopyOnWriteArrayList<>();
  volatile GetAssetResponse detail = GetAssetResponse.getDefaultInstance();
  volatile ListAssetsResponse page = ListAssetsResponse.getDefaultInstance();

  /** Pages of namespaces; the token of each is its number. */
  final List<List<NamespaceInfo>> namespacePages = new CopyOnWriteArrayList<>();

  /** Names each page as the one after itself. */
  volatile boolean circular;

  BindableService[] services() {
    return new BindableService[] {new Aifs(), new Content(), new Admin()};
  }

  private <R> void answer(Object request, StreamObserver<R> responses, R response) {
    requests.add(request);
    responses.onNext(response);
    responses.onCompleted();
  }

  private final class Aifs extends AIFSGrpc.AIFSImplBase {
    @Override
    public void getAsset(GetAssetRequest request, StreamObserver<GetAssetResponse> responses) {
      answer(request, responses, detail);
    }

    @Override
    public void listAssets(
        ListAssetsRequest request, StreamObserver<ListAssetsResponse> responses) {
      answer(request, responses, page);
    }

    @Override
    public void deleteAsset(
        DeleteAssetRequest request, StreamObserver<DeleteAssetResponse> responses) {
      answer(request, responses, DeleteAssetResponse.newBuilder().setSuccess(true).build());
    }

    @Override
    public void verifyAsset(
        VerifyAssetRequest request, StreamObserver<VerifyAssetResponse> responses) {
      answer(request, responses, VerifyAssetResponse.newBuilder().setMessage("bit 7").build());
    }

    @Override
    public void listNamespaces(
        ListNamespacesRequest request, StreamObserver<ListNamespacesResponse> responses) {
      int number = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      ListNamespacesResponse.Builder response =
          ListNamespacesResponse.newBuilder().addAllNamespaces(namespacePages.get(number));
      if (circular) {
        response.setNextPageToken("1");
      } else if (number + 1 < namespacePages.size()) {
        response.setNextPageToken("" + (number + 1));
      }
      answer(request, responses, response.build());
    }

    @Override
    public void getNamespace(
        GetNamespaceRequest request, StreamObserver<GetNamespaceResponse> responses) {
      answer(
          request,
          responses,
          GetNamespaceResponse.newBuilder()
              .setNamespace(namespacePages.getFirst().getFirst())
              .build());
    }
  }

  private final class Content extends ContentGrpc.ContentImplBase {
    @Override
    public void statAssets(
        StatAssetsRequest request, StreamObserver<StatAssetsResponse> responses) {
      StatAssetsResponse.Builder response = StatAssetsResponse.newBuilder();
      assets.stream()
          .filter(asset -> request.getAssetIdsList().contains(asset.getAssetId()))
          .forEach(response::addAssets);
      answer(request, responses, response.build());
    }

    @Override
    public void resolvePrefix(
        ResolvePrefixRequest request, StreamObserver<ResolvePrefixResponse> responses) {
      ResolvePrefixResponse.Builder response = ResolvePrefixResponse.newBuilder();
      assets.stream()
          .map(AssetMetadata::getAssetId)
          .filter(id -> id.startsWith(request.getPrefix()))
          .forEach(response::addAssetIds);
      answer(request, responses, response.build());
    }
  }

  private final class Admin extends AdminGrpc.AdminImplBase {
    @Override
    public void createNamespace(
        CreateNamespaceRequest request, StreamObserver<CreateNamespaceResponse> responses) {
      answer(request, responses, CreateNamespaceResponse.newBuilder().setSuccess(true).build());
    }
  }
}

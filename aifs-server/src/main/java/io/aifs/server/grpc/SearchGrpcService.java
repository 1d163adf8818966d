package io.aifs.server.grpc;

import io.aifs.proto.v1.BuildIndexProgress;
import io.aifs.proto.v1.BuildIndexRequest;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.DropIndexRequest;
import io.aifs.proto.v1.DropIndexResponse;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.ListQuarantineResponse;
import io.aifs.proto.v1.ListSpacesRequest;
import io.aifs.proto.v1.ListSpacesResponse;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.PutEmbeddingsResponse;
import io.aifs.proto.v1.RemoveEmbeddingsRequest;
import io.aifs.proto.v1.RemoveEmbeddingsResponse;
import io.aifs.proto.v1.ReviewQuarantineRequest;
import io.aifs.proto.v1.ReviewQuarantineResponse;
import io.aifs.proto.v1.SearchGrpc;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SpaceInfo;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Search}: a table of contents; each topic has a class of its own. */
final class SearchGrpcService extends SearchGrpc.SearchImplBase {
  private final SearchCalls searches;
  private final EmbeddingCalls embeddings;
  private final IndexCalls indexes;

  SearchGrpcService(SearchCalls searches, EmbeddingCalls embeddings, IndexCalls indexes) {
    this.searches = searches;
    this.embeddings = embeddings;
    this.indexes = indexes;
  }

  @Override
  public void search(SearchRequest request, StreamObserver<SearchResponse> observer) {
    Replies.send(observer, searches.search(request));
  }

  @Override
  public void createSpace(CreateSpaceRequest request, StreamObserver<SpaceInfo> observer) {
    Replies.send(observer, embeddings.createSpace(request));
  }

  @Override
  public void listSpaces(ListSpacesRequest request, StreamObserver<ListSpacesResponse> observer) {
    Replies.send(observer, indexes.spaces(request));
  }

  @Override
  public void putEmbeddings(
      PutEmbeddingsRequest request, StreamObserver<PutEmbeddingsResponse> observer) {
    Replies.send(observer, embeddings.put(request));
  }

  @Override
  public void removeEmbeddings(
      RemoveEmbeddingsRequest request, StreamObserver<RemoveEmbeddingsResponse> observer) {
    Replies.send(observer, embeddings.remove(request));
  }

  @Override
  public void listQuarantine(
      ListQuarantineRequest request, StreamObserver<ListQuarantineResponse> observer) {
    Replies.send(observer, embeddings.quarantined(request));
  }

  @Override
  public void reviewQuarantine(
      ReviewQuarantineRequest request, StreamObserver<ReviewQuarantineResponse> observer) {
    Replies.send(observer, embeddings.review(request));
  }

  @Override
  public void dropIndex(DropIndexRequest request, StreamObserver<DropIndexResponse> observer) {
    Replies.send(observer, indexes.drop(request));
  }

  @Override
  public void buildIndex(BuildIndexRequest request, StreamObserver<BuildIndexProgress> observer) {
    indexes.build(request, observer);
  }
}

package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.model.FloatVectors;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.Embedding;
import io.aifs.proto.v1.EmbeddingName;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.PutEmbeddingsResponse;
import io.aifs.proto.v1.SearchGrpc;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SearchQuery;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SpaceInfo;
import io.aifs.proto.v1.VectorMetric;
import io.grpc.Channel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A server to search on, whose indexes follow. */
abstract class SearchEdge extends HistoryEdge {
  static final String SPACE = "way";

  SearchGrpc.SearchBlockingStub search;

  @BeforeEach
  void startIndexes() {
    fixture.engine().indexes().start();
    search = SearchGrpc.newBlockingStub(channel);
  }

  static ByteString vector(float... values) {
    return ByteString.copyFrom(FloatVectors.encode(values));
  }

  SpaceInfo createSpace(String name, int dimension, VectorMetric metric) {
    return search.createSpace(
        CreateSpaceRequest.newBuilder()
            .setName(name)
            .setDimension(dimension)
            .setMetric(metric)
            .build());
  }

  static Embedding embedding(String content, String part, float... values) {
    return Embedding.newBuilder()
        .setAssetId(idOf(content))
        .setPart(part)
        .setVector(vector(values))
        .build();
  }

  static EmbeddingName name(String content, String part) {
    return EmbeddingName.newBuilder()
        .setAssetId(idOf(content))
        .setSpace(SPACE)
        .setPart(part)
        .build();
  }

  PutEmbeddingsResponse embed(Embedding... embeddings) {
    return search.putEmbeddings(
        PutEmbeddingsRequest.newBuilder()
            .setSpace(SPACE)
            .addAllEmbeddings(List.of(embeddings))
            .build());
  }

  static SearchQuery near(float... values) {
    return SearchQuery.newBuilder().setVector(vector(values)).build();
  }

  static SearchQuery like(String content) {
    return SearchQuery.newBuilder().setLikeAssetId(idOf(content)).build();
  }

  static SearchRequest.Builder asking(SearchQuery... queries) {
    return SearchRequest.newBuilder().addAllQueries(List.of(queries));
  }

  SearchResponse ask(SearchRequest.Builder request) {
    return search.search(request.build());
  }

  static SearchResponse ask(Channel with, SearchRequest.Builder request) {
    return SearchGrpc.newBlockingStub(with).search(request.build());
  }

  /** The assets that the first query found, nearest first. */
  static List<String> ids(SearchResponse response) {
    return response.getResults(0).getHitsList().stream().map(SearchHit::getAssetId).toList();
  }
}

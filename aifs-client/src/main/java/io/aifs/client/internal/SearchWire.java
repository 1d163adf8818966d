package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.Embedding;
import io.aifs.proto.v1.IndexInfo;
import io.aifs.proto.v1.IndexState;
import io.aifs.proto.v1.QuarantinedEmbedding;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SearchQuery;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SpaceInfo;
import java.util.List;
import java.util.Optional;

/** Searches and embeddings: to messages, and from messages as {@link FromWire} does. */
final class SearchWire {
  static io.aifs.proto.v1.SearchRequest request(Name namespace, SearchRequest request) {
    io.aifs.proto.v1.SearchRequest.Builder message =
        io.aifs.proto.v1.SearchRequest.newBuilder()
            .setNamespace(namespace.value())
            .setSpace(request.space().map(Name::value).orElse(""))
            .addAllQueries(request.probes().stream().map(SearchWire::query).toList())
            .setK(request.k())
            .setEffort(request.effort())
            .setExact(request.exact())
            .addAllWhere(request.where())
            .setAt(request.at().map(Object::toString).orElse(""))
            .setPath(request.path().value())
            .setIncludeMetadata(request.metadata())
            .setFreshnessMillis((int) Math.min(Integer.MAX_VALUE, request.freshness().toMillis()));
    request.least().ifPresent(least -> message.setLeastScore((float) least));
    return message.build();
  }

  private static SearchQuery query(Search.Probe probe) {
    return switch (probe) {
      case Search.Probe.Near(float[] vector) ->
          SearchQuery.newBuilder().setVector(bytes(vector)).build();
      case Search.Probe.Like(Digest asset, String part) ->
          SearchQuery.newBuilder().setLikeAssetId(asset.hex()).setLikePart(part).build();
    };
  }

  static ByteString bytes(float[] vector) {
    return UnsafeByteOperations.unsafeWrap(FloatVectors.encode(vector));
  }

  static Search.Answer answer(SearchResponse response) {
    List<List<Search.Hit>> results =
        response.getResultsList().stream()
            .map(hits -> hits.getHitsList().stream().map(SearchWire::hit).toList())
            .toList();
    return new Search.Answer(
        results,
        response.getSpace(),
        response.getExact(),
        response.getVersion(),
        state(response.getIndexState()));
  }

  private static Search.Hit hit(SearchHit hit) {
    return new Search.Hit(
        Digest.parse(hit.getAssetId()),
        hit.getScore(),
        hit.getPart(),
        hit.hasMetadata() ? Optional.of(FromWire.asset(hit.getMetadata())) : Optional.empty(),
        hit.getPath().isEmpty() ? Optional.empty() : Optional.of(new TreePath(hit.getPath())));
  }

  static Embedding embedding(Search.Embedding embedding) {
    return Embedding.newBuilder()
        .setAssetId(embedding.asset().hex())
        .setPart(embedding.part())
        .setVector(bytes(embedding.vector()))
        .build();
  }

  static io.aifs.proto.v1.EmbeddingName name(EmbeddingName name) {
    return io.aifs.proto.v1.EmbeddingName.newBuilder()
        .setAssetId(name.asset().hex())
        .setSpace(name.space().value())
        .setPart(name.part())
        .build();
  }

  static Search.SpaceStatus space(SpaceInfo info) {
    EmbeddingSpace space =
        new EmbeddingSpace(
            new Name(info.getName()),
            info.getDimension(),
            VectorMetric.ofCode(info.getMetricValue()),
            info.getModel(),
            VectorStorage.ofCode(info.getStorageValue()));
    return new Search.SpaceStatus(
        space,
        FromWire.instant(info.getCreatedAt()),
        info.getEmbeddings(),
        info.getQuarantined(),
        index(info.getIndex()));
  }

  static Search.IndexStatus index(IndexInfo info) {
    return new Search.IndexStatus(
        state(info.getState()),
        info.getVectors(),
        info.getDeleted(),
        info.getSegments(),
        info.getMemoryBytes(),
        info.getDiskBytes(),
        info.getVersion(),
        info.getLastDamage());
  }

  private static Search.IndexState state(IndexState state) {
    return switch (state) {
      case INDEX_READY -> Search.IndexState.READY;
      case INDEX_BUILDING -> Search.IndexState.BUILDING;
      case INDEX_DROPPED -> Search.IndexState.DROPPED;
      case INDEX_STATE_UNKNOWN, UNRECOGNIZED -> Search.IndexState.OTHER;
    };
  }

  static Search.Waiting waiting(QuarantinedEmbedding embedding) {
    return new Search.Waiting(
        new EmbeddingName(
            Digest.parse(embedding.getName().getAssetId()),
            new Name(embedding.getName().getSpace()),
            embedding.getName().getPart()),
        embedding.getDimension(),
        embedding.getNorm(),
        embedding.getRule(),
        FromWire.instant(embedding.getPutAt()));
  }

  private SearchWire() {}
}

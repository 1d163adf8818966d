package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.Embedding;
import io.aifs.proto.v1.EmbeddingName;
import io.aifs.proto.v1.IndexInfo;
import io.aifs.proto.v1.IndexState;
import io.aifs.proto.v1.QuarantinedEmbedding;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SpaceInfo;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.search.IndexStatus;
import io.aifs.server.engine.search.SearchAnswer;
import java.util.ArrayList;
import java.util.List;

/** Embeddings, their spaces and what is found of them: from messages and to messages. */
final class SearchWire {
  private SearchWire() {}

  static EmbeddingSpace space(CreateSpaceRequest request) {
    Name name = Requests.name("name", request.getName());
    VectorMetric metric =
        Requests.parsed(
            Reason.ARGUMENT_INVALID,
            "metric",
            "the metrics are COSINE 0, DOT_PRODUCT 1, EUCLIDEAN 2",
            () -> VectorMetric.ofCode(request.getMetricValue()));
    VectorStorage storage =
        Requests.parsed(
            Reason.ARGUMENT_INVALID,
            "storage",
            "the storages are FLOAT32 0, INT8 1",
            () -> VectorStorage.ofCode(request.getStorageValue()));
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        "dimension, metric, model, storage",
        "send how many values a vector has, a short name of what makes them, and INT8 only with"
            + " COSINE",
        () ->
            new EmbeddingSpace(name, request.getDimension(), metric, request.getModel(), storage));
  }

  static SpaceInfo.Builder space(SpaceRow row) {
    EmbeddingSpace space = row.space();
    return SpaceInfo.newBuilder()
        .setName(space.name().value())
        .setDimension(space.dimension())
        .setMetricValue(space.metric().code())
        .setModel(space.model())
        .setStorageValue(space.storage().code())
        .setCreatedAt(Wire.timestamp(row.createdAt()));
  }

  static List<NewEmbedding> embeddings(List<Embedding> embeddings) {
    List<NewEmbedding> found = new ArrayList<>(embeddings.size());
    for (Embedding embedding : embeddings) {
      String field = "embeddings[" + found.size() + "]";
      Digest asset = Requests.assetId(field + ".asset_id", embedding.getAssetId());
      byte[] vector = vector(field + ".vector", embedding.getVector());
      found.add(
          Requests.parsed(
              Reason.ARGUMENT_INVALID,
              field + ".part",
              "shorten the part's name",
              () -> new NewEmbedding(asset, embedding.getPart(), vector)));
    }
    return found;
  }

  /** Whole values, at least one and not too many; what they are is for the space to judge. */
  static byte[] vector(String field, ByteString value) {
    if (value.isEmpty()
        || value.size() % Float.BYTES != 0
        || value.size() > Limits.EMBEDDING_BYTES_MAX) {
      throw Requests.invalid(
          Reason.VECTOR_INVALID,
          field,
          field
              + " has "
              + value.size()
              + " bytes: a vector is 1 to "
              + Limits.DIMENSION_MAX
              + " little-endian float32 values",
          "send 4 bytes for each dimension");
    }
    return value.toByteArray();
  }

  static List<io.aifs.core.model.EmbeddingName> names(List<EmbeddingName> names) {
    List<io.aifs.core.model.EmbeddingName> found = new ArrayList<>(names.size());
    for (EmbeddingName name : names) {
      String field = "embeddings[" + found.size() + "]";
      Digest asset = Requests.assetId(field + ".asset_id", name.getAssetId());
      Name space = Requests.name(field + ".space", name.getSpace());
      found.add(
          Requests.parsed(
              Reason.ARGUMENT_INVALID,
              field + ".part",
              "send the part as it was put",
              () -> new io.aifs.core.model.EmbeddingName(asset, space, name.getPart())));
    }
    return found;
  }

  static QuarantinedEmbedding quarantined(EmbeddingService.Waiting waiting) {
    EmbeddingRow row = waiting.row();
    QuarantinedEmbedding.Builder message =
        QuarantinedEmbedding.newBuilder()
            .setName(
                EmbeddingName.newBuilder()
                    .setAssetId(row.asset().hex())
                    .setSpace(row.space())
                    .setPart(row.part()))
            .setDimension(row.dimension())
            .setNorm((float) waiting.norm());
    row.quarantine()
        .ifPresent(why -> message.setRule(why.rule()).setPutAt(Wire.timestamp(why.since())));
    return message.build();
  }

  static SearchHit hit(SearchAnswer.Found found, boolean metadata) {
    SearchHit.Builder hit =
        SearchHit.newBuilder()
            .setAssetId(found.row().id().hex())
            .setScore(found.score())
            .setPart(found.part());
    found.path().ifPresent(path -> hit.setPath(path.value()));
    if (metadata) {
      hit.setMetadata(Wire.metadata(found.row().info()));
    }
    return hit.build();
  }

  static IndexInfo index(IndexStatus status) {
    IndexInfo.Builder info =
        IndexInfo.newBuilder().setState(state(status.state())).setVersion(status.version());
    status
        .stats()
        .ifPresent(
            stats ->
                info.setVectors(stats.vectors())
                    .setDeleted(stats.deleted())
                    .setSegments(stats.segments())
                    .setMemoryBytes(stats.memoryBytes())
                    .setDiskBytes(stats.diskBytes()));
    status.lastDamage().ifPresent(info::setLastDamage);
    return info.build();
  }

  static IndexState state(io.aifs.server.engine.search.IndexState state) {
    return switch (state) {
      case READY -> IndexState.INDEX_READY;
      case BUILDING -> IndexState.INDEX_BUILDING;
      case DROPPED -> IndexState.INDEX_DROPPED;
    };
  }
}

package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes of probes what is looked for. Thread-safe. */
final class Targets {
  private static final String HINT =
      "send the values of one vector as little-endian float32, none of them infinite or no number";

  private final Catalog catalog;
  private final StoredVectors vectors;

  Targets(Catalog catalog, StoredVectors vectors) {
    this.catalog = catalog;
    this.vectors = vectors;
  }

  /**
   * The dimension of the first probe that is a vector; empty if none is. Looks at all vectors.
   *
   * @throws AifsException.InvalidRequest if one could be in no space
   */
  static OptionalInt dimension(List<SearchOrder.Probe> probes) {
    OptionalInt dimension = OptionalInt.empty();
    for (SearchOrder.Probe probe : probes) {
      if (probe instanceof SearchOrder.Probe.Near(byte[] bytes)) {
        int values = decode(bytes, VectorMetric.DOT_PRODUCT).length;
        dimension = dimension.isPresent() ? dimension : OptionalInt.of(values);
      }
    }
    return dimension;
  }

  /**
   * What is looked for, in order.
   *
   * @param bounds of the caller: an asset outside is not there
   * @param known if there, an asset that it does not hold is not there either
   * @throws AifsException.InvalidRequest if a vector does not fit the space
   * @throws AifsException.NotFound if an asset is not there, or has no such embedding
   */
  List<Target> of(
      Sought sought,
      List<SearchOrder.Probe> probes,
      SearchOrder.Bounds bounds,
      Optional<RefAssets> known) {
    List<Target> targets = new ArrayList<>();
    for (SearchOrder.Probe probe : probes) {
      targets.add(
          switch (probe) {
            case SearchOrder.Probe.Near(byte[] bytes) ->
                new Target(vector(sought.space().space(), bytes), Optional.empty());
            case SearchOrder.Probe.Like like -> {
              if (known
                  .filter(held -> !held.set().contains(Assets.key(like.asset())))
                  .isPresent()) {
                throw unknown(sought, like.asset());
              }
              yield new Target(vector(sought, like, bounds), Optional.of(like.asset()));
            }
          });
    }
    return targets;
  }

  private static float[] vector(EmbeddingSpace space, byte[] bytes) {
    float[] vector = decode(bytes, space.metric());
    if (vector.length != space.dimension()) {
      throw wrong(
          "the query has "
              + vector.length
              + " values, and the vectors of embedding space '"
              + space.name()
              + "' have "
              + space.dimension());
    }
    return vector;
  }

  private static float[] decode(byte[] bytes, VectorMetric metric) {
    if (bytes.length == 0 || bytes.length > Limits.EMBEDDING_BYTES_MAX) {
      throw wrong(
          "a vector has from 1 to "
              + Limits.DIMENSION_MAX
              + " values of 4 bytes, and the query has "
              + bytes.length
              + " bytes");
    }
    try {
      float[] vector = FloatVectors.decode(bytes);
      FloatVectors.requireUsable(vector, metric);
      return vector;
    } catch (IllegalArgumentException e) {
      throw wrong("the query is no vector to compare with: " + e.getMessage());
    }
  }

  private static AifsException.InvalidRequest wrong(String message) {
    return new AifsException.InvalidRequest(Reason.VECTOR_INVALID, "vector", message, HINT);
  }

  private float[] vector(Sought sought, SearchOrder.Probe.Like like, SearchOrder.Bounds bounds) {
    EmbeddingRow row = catalog.read(reader -> embedding(reader, sought, like, bounds));
    return vectors.require(sought.namespace(), row);
  }

  private static EmbeddingRow embedding(
      CatalogReader reader, Sought sought, SearchOrder.Probe.Like like, SearchOrder.Bounds bounds) {
    Digest id = like.asset();
    long namespace = sought.namespace().number();
    Optional<AssetRow> asset = reader.assets().find(namespace, id);
    if (asset.filter(row -> isIn(bounds, row)).isEmpty()) {
      throw unknown(sought, id);
    }
    return reader.embeddings().ofAll(namespace, List.of(id)).getOrDefault(id, List.of()).stream()
        .filter(sought::isLive)
        .filter(row -> like.part().isEmpty() || row.part().equals(like.part()))
        .findFirst() // that of the whole, if there is one
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.EMBEDDING_NOT_FOUND,
                    "asset "
                        + id
                        + " has no embedding in space '"
                        + sought.spaceName()
                        + (like.part().isEmpty() ? "'" : "' for part '" + like.part() + "'"),
                    "embed it there, or search with a vector"));
  }

  private static AifsException.NotFound unknown(Sought sought, Digest id) {
    return new AifsException.NotFound(
        Reason.ASSET_NOT_FOUND,
        "there is no asset " + id + " in namespace " + sought.namespace().name(),
        "'aifs ls --assets' shows what there is");
  }

  private static boolean isIn(SearchOrder.Bounds bounds, AssetRow row) {
    return bounds.kinds().filter(kinds -> !kinds.contains(row.kind())).isEmpty()
        && bounds.assets().filter(assets -> !assets.contains(row.id())).isEmpty();
  }
}

package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import java.nio.charset.StandardCharsets;

/**
 * What the vectors of one model have in common; those of one space are compared with each other.
 *
 * @param dimension values of each vector
 * @param model what makes them; for people, may be empty
 */
public record EmbeddingSpace(
    Name name, int dimension, VectorMetric metric, String model, VectorStorage storage) {
  public EmbeddingSpace {
    requireNonNull(name, "name is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(storage, "storage is null");
    if (storage == VectorStorage.INT8 && metric != VectorMetric.COSINE) {
      throw new IllegalArgumentException("int8 keeps directions only: use it with cosine");
    }
    if (dimension < 1 || dimension > Limits.DIMENSION_MAX) {
      throw new IllegalArgumentException(
          "dimension is outside 1.." + Limits.DIMENSION_MAX + ": " + dimension);
    }
    if (model.getBytes(StandardCharsets.UTF_8).length > Limits.MODEL_BYTES_MAX) {
      throw new IllegalArgumentException("model is over " + Limits.MODEL_BYTES_MAX + " bytes");
    }
  }

  /** The space of vectors that came with assets by the first calls: named by their dimension. */
  public static EmbeddingSpace ofDimension(int dimension) {
    return new EmbeddingSpace(
        new Name(Integer.toString(dimension)),
        dimension,
        VectorMetric.COSINE,
        "",
        VectorStorage.FLOAT32);
  }
}

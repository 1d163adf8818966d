package io.aifs.schemas.embed;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.Utf8;

/**
 * What is said of all vectors of an Embed payload.
 *
 * @param model what made the vectors; may be empty
 * @param dimension values of each vector
 * @param metric how they are compared
 */
public record EmbedHeader(String model, int dimension, VectorMetric metric) {
  /**
   * @throws IllegalArgumentException if the model is too long or no Unicode, or no vector has such
   *     a dimension
   */
  public EmbedHeader {
    var _ = Utf8.bytesOf(requireNonNull(model, "model is null"), Limits.MODEL_BYTES_MAX, "model");
    requireNonNull(metric, "metric is null");
    if (dimension < 1 || dimension > Limits.DIMENSION_MAX) {
      throw new IllegalArgumentException(
          "dimension is not from 1 to "
              + Limits.DIMENSION_MAX
              + ": "
              + Integer.toUnsignedString(dimension));
    }
  }

  /** Bytes of a vector. */
  int vectorBytes() {
    return dimension * Float.BYTES;
  }
}

package io.aifs.server.engine.payload;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import java.util.List;

/** The vectors of an Embed payload whose chunks are stored, ready for the catalog. */
public record StagedVectors(
    String model, int dimension, VectorMetric metric, List<StagedVector> vectors) {
  public StagedVectors {
    requireNonNull(model, "model is null");
    requireNonNull(metric, "metric is null");
    vectors = List.copyOf(vectors);
  }

  /**
   * One of them.
   *
   * @param part what its embedding is called
   * @param content digest of the chunk that holds the little-endian float32 values
   * @param norm the length of the vector
   */
  public record StagedVector(String part, Digest content, double norm) {
    public StagedVector {
      requireNonNull(part, "part is null");
      requireNonNull(content, "content is null");
    }
  }
}

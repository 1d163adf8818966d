package io.aifs.vector;

import static java.util.Objects.requireNonNull;

/**
 * What kind of vectors an index holds, and how.
 *
 * @param dimension values of each vector
 */
public record IndexSpec(int dimension, Similarity similarity, Storage storage) {
  /** Vectors may not be longer. */
  public static final int DIMENSION_MAX = 4_096;

  /** How vectors are held. */
  public enum Storage {
    /** As they are: 4 bytes a value. */
    FLOAT32,
    /**
     * Directions, rounded to a byte a value: for cosine only. Scores are within about 0.01 of those
     * of the vectors.
     */
    INT8
  }

  public IndexSpec {
    requireNonNull(similarity, "similarity is null");
    requireNonNull(storage, "storage is null");
    if (storage == Storage.INT8 && similarity != Similarity.COSINE) {
      throw new IllegalArgumentException("int8 keeps directions only: use it with cosine");
    }
    if (dimension < 1 || dimension > DIMENSION_MAX) {
      throw new IllegalArgumentException(
          "dimension is outside 1.." + DIMENSION_MAX + ": " + dimension);
    }
  }
}

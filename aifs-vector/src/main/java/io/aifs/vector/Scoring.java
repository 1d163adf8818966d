package io.aifs.vector;

import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * How Lucene compares vectors under a {@link Similarity}. Its scores rise with ours, and no more is
 * asked of them: what a hit says is computed from the vector that was indexed.
 */
enum Scoring {
  /** Of directions the product is the cosine, and costs less. */
  OF_DIRECTIONS(VectorSimilarityFunction.DOT_PRODUCT) {
    @Override
    void requireComparable(float[] vector) {
      double length = length(vector);
      if (!(length > 0) || Double.isInfinite(length)) {
        throw new IllegalArgumentException("a vector has no direction: its length is " + length);
      }
    }

    @Override
    float[] indexed(float[] vector) {
      double length = length(vector);
      float[] direction = new float[vector.length];
      for (int i = 0; i < vector.length; i++) {
        direction[i] = (float) (vector[i] / length);
      }
      return direction;
    }
  },
  OF_PRODUCTS(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT),
  OF_DISTANCES(VectorSimilarityFunction.EUCLIDEAN);

  private final VectorSimilarityFunction function;

  Scoring(VectorSimilarityFunction function) {
    this.function = function;
  }

  static Scoring of(Similarity similarity) {
    return switch (similarity) {
      case COSINE -> OF_DIRECTIONS;
      case DOT_PRODUCT -> OF_PRODUCTS;
      case EUCLIDEAN -> OF_DISTANCES;
    };
  }

  VectorSimilarityFunction function() {
    return function;
  }

  /**
   * @throws IllegalArgumentException if the vector cannot be compared with any
   */
  void requireComparable(float[] vector) {
    // products and distances are of all
  }

  /** The vector as the index holds it, and as it is compared with. */
  float[] indexed(float[] vector) {
    return vector;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}

package io.aifs.vector;

/** How alike two vectors are, as a score: higher is more alike. */
public enum Similarity {
  /** The cosine of the angle between them: from -1 to 1, 1 for the same direction. */
  COSINE {
    @Override
    public float score(float[] a, float[] b) {
      double dot = 0;
      double squaresA = 0;
      double squaresB = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
        squaresA += (double) a[i] * a[i];
        squaresB += (double) b[i] * b[i];
      }
      double cosine = dot / Math.sqrt(squaresA * squaresB);
      return (float) Math.clamp(cosine, -1, 1);
    }
  },

  /** The sum of products; any number. */
  DOT_PRODUCT {
    @Override
    public float score(float[] a, float[] b) {
      double dot = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
      }
      return (float) dot;
    }
  },

  /** 1 / (1 + d²) of their distance d: from 0 to 1, 1 for the same vector. */
  EUCLIDEAN {
    @Override
    public float score(float[] a, float[] b) {
      double squares = 0;
      for (int i = 0; i < a.length; i++) {
        double difference = (double) a[i] - b[i];
        squares += difference * difference;
      }
      return (float) (1 / (1 + squares));
    }
  };

  /**
   * The score of two vectors of the same length, none of whose values is infinite or no number;
   * under {@link #COSINE} neither may be zero throughout.
   */
  public abstract float score(float[] a, float[] b);
}

package io.aifs.core.model;

/** How vectors of an embedding space are compared. The codes are of the catalog and the wire. */
public enum VectorMetric {
  /** From -1 to 1; 1 for the same direction. */
  COSINE(0),

  /** Any number. */
  DOT_PRODUCT(1),

  /** 1 / (1 + d²) of the distance d. */
  EUCLIDEAN(2);

  private final int code;

  VectorMetric(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * The metric with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static VectorMetric ofCode(int code) {
    for (VectorMetric metric : values()) {
      if (metric.code == code) {
        return metric;
      }
    }
    throw new IllegalArgumentException("there is no metric " + code);
  }
}

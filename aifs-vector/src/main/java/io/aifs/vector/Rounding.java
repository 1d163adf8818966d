package io.aifs.vector;

/** Directions with a byte for each value. */
final class Rounding {
  private static final int LARGEST = 127;

  private Rounding() {}

  /**
   * The vector stretched until its largest value, of either sign, is 127, and rounded.
   *
   * @param vector not zero throughout
   */
  static byte[] of(float[] vector) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    byte[] rounded = new byte[vector.length];
    for (int i = 0; i < vector.length; i++) {
      rounded[i] = (byte) Math.round((double) vector[i] / largest * LARGEST);
    }
    return rounded;
  }

  /** The cosine of the angle between a vector and a rounded one. */
  static float cosine(float[] a, byte[] b) {
    double dot = 0;
    double squaresA = 0;
    long squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return (float) Math.clamp(dot / Math.sqrt(squaresA * squaresB), -1, 1);
  }
}

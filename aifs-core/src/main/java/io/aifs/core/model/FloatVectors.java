package io.aifs.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as they travel and rest: little-endian float32 values, one after the other. */
public final class FloatVectors {
  /**
   * @throws IllegalArgumentException if the bytes are no number of values
   */
  public static float[] decode(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "a vector of float32 values has 4 bytes for each, and there are " + bytes.length);
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  public static byte[] encode(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** The length of the vector. */
  public static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /**
   * Returns if a space with this metric can hold the vector.
   *
   * @throws IllegalArgumentException if a value is no number or infinite, or all are zero under
   *     cosine, which then says nothing
   */
  public static void requireUsable(float[] values, VectorMetric metric) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("value " + i + " of the vector is " + values[i]);
      }
    }
    double norm = norm(values);
    if (metric == VectorMetric.COSINE && norm < Float.MIN_NORMAL) {
      throw new IllegalArgumentException("the vector is zero, which has no direction");
    }
    if (norm > Float.MAX_VALUE) {
      throw new IllegalArgumentException("the vector is too long to be compared");
    }
  }

  private FloatVectors() {}
}

package io.aifs.schemas.tensor;

/** Floating-point numbers that Java has no types for, as floats; none loses anything. */
public final class Floats {
  /** Exponents of E4M3 are 7 more than they mean; its least numbers are multiples of 2^-9. */
  private static final float E4M3_LEAST = 0x1p-9f;

  private static final int E4M3_NAN = 0x7f;

  /** One sign, 5 bits of exponent, 10 of fraction. */
  public static float ofFloat16(short bits) {
    return Float.float16ToFloat(bits);
  }

  /** The upper half of a float. */
  public static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** One sign, 4 bits of exponent, 3 of fraction; no infinity, and one NaN of each sign. */
  public static float ofFloat8E4m3(byte bits) {
    int magnitude = bits & 0x7f;
    if (magnitude == E4M3_NAN) {
      return Float.NaN;
    }
    int exponent = magnitude >>> 3;
    int fraction = magnitude & 7;
    float value =
        exponent == 0
            ? fraction * E4M3_LEAST
            : Math.scalb((8 + fraction) * E4M3_LEAST, exponent - 1);
    return bits < 0 ? -value : value;
  }

  /** The upper half of a float16. */
  public static float ofFloat8E5m2(byte bits) {
    return Float.float16ToFloat((short) (bits << 8));
  }

  private Floats() {}
}

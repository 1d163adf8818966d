package io.aifs.core.chunk;

import io.aifs.core.Limits;

/**
 * Where content-defined cuts may fall. Kept with each namespace, since equal content is
 * deduplicated only when it is cut alike. All sizes are bytes.
 */
public record ChunkerParameters(int bytesMin, int bytesTarget, int bytesMax) {
  public static final ChunkerParameters DEFAULT =
      new ChunkerParameters(16 << 10, 64 << 10, 256 << 10);

  public ChunkerParameters {
    if (bytesMin < 64 || bytesMin >= bytesTarget) {
      throw new IllegalArgumentException("bytesMin is outside 64..bytesTarget: " + bytesMin);
    }
    if (Integer.bitCount(bytesTarget) != 1) {
      throw new IllegalArgumentException("bytesTarget is not a power of two: " + bytesTarget);
    }
    if (bytesMax <= bytesTarget || bytesMax > Limits.CHUNK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "bytesMax is outside bytesTarget.." + Limits.CHUNK_BYTES_MAX + ": " + bytesMax);
    }
  }
}

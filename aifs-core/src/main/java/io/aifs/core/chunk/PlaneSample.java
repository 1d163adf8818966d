package io.aifs.core.chunk;

import java.util.Arrays;

/** A guess, from some of the numbers, at which planes of them compress. */
final class PlaneSample {
  private static final int BLOCKS = 4;
  private static final int BLOCK_NUMBERS = 512;

  private static final int SAMPLED = BLOCKS * BLOCK_NUMBERS;

  private PlaneSample() {}

  /**
   * For each plane whether its bytes are distributed so unevenly that it is worth compressing. Few
   * numbers are not worth a sample: all of theirs are.
   */
  static boolean[] worthTrying(int width, byte[] data, int offset, int count) {
    boolean[] worth = new boolean[width];
    if (count < SAMPLED) {
      Arrays.fill(worth, true);
      return worth;
    }
    int stride = (count - BLOCK_NUMBERS) / (BLOCKS - 1);
    for (int plane = 0; plane < width; plane++) {
      int[] counts = new int[256];
      for (int block = 0; block < BLOCKS; block++) {
        int at = offset + block * stride * width + plane;
        for (int i = 0; i < BLOCK_NUMBERS; i++, at += width) {
          counts[data[at] & 0xff]++;
        }
      }
      worth[plane] = Compressibility.saves(counts, SAMPLED);
    }
    return worth;
  }
}

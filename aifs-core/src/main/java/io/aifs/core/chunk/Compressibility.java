package io.aifs.core.chunk;

/**
 * A guess, from a sample, at what compressing a chunk saves. Two signs count: bytes whose
 * distribution is uneven (text, numbers), and repeats (records, tables of random ids).
 */
final class Compressibility {
  /** Saving less than one in this many bytes is not worth decompressing for. */
  static final int SAVING_MIN_FRACTION = 32;

  /** Smaller chunks are compressed without asking: the sample would be most of them. */
  private static final int SAMPLED_BYTES_MIN = 16 << 10;

  /** Text has 4 to 5.5 bits a byte, program code 6, float32 weights over 7. */
  private static final double TEXT_BITS_MAX = 6.5;

  /** Compressing by the distribution alone saves too little from here on. */
  private static final double EVEN_BITS_MIN = 8.0 * (1.0 - 1.0 / SAVING_MIN_FRACTION);

  private static final int HISTOGRAM_BLOCKS = 4;
  private static final int HISTOGRAM_BLOCK_BYTES = 1 << 10;
  private static final int HISTOGRAM_BYTES = HISTOGRAM_BLOCKS * HISTOGRAM_BLOCK_BYTES;
  private static final int PROBE_BYTES = 8 << 10;

  /** n log2 n, so that the entropy of a histogram is a sum of look-ups. */
  private static final double[] WEIGHTED_LOG = weightedLog();

  private Compressibility() {}

  static Prospect of(byte[] data, int offset, int length, ZstdContext context) {
    if (length < SAMPLED_BYTES_MIN) {
      return Prospect.MUCH;
    }
    double bits = entropyBits(data, offset, length);
    if (bits < TEXT_BITS_MAX) {
      return Prospect.MUCH;
    }
    if (bits < EVEN_BITS_MIN) {
      return Prospect.LITTLE;
    }
    return repeats(data, offset, length, context) ? Prospect.LITTLE : Prospect.NONE;
  }

  /** Whether the data seems to repeat itself, of which the distribution of bytes says nothing. */
  static boolean repeats(byte[] data, int offset, int length, ZstdContext context) {
    if (length < SAMPLED_BYTES_MIN) {
      return true;
    }
    int middle = offset + (length - PROBE_BYTES) / 2;
    return context.probe(data, middle, PROBE_BYTES)
        < PROBE_BYTES - PROBE_BYTES / SAVING_MIN_FRACTION;
  }

  /** Bits per byte of four blocks spread over the data; 7.95 for random bytes. */
  private static double entropyBits(byte[] data, int offset, int length) {
    int[] counts = new int[256];
    int stride = (length - HISTOGRAM_BLOCK_BYTES) / (HISTOGRAM_BLOCKS - 1);
    for (int block = 0; block < HISTOGRAM_BLOCKS; block++) {
      int from = offset + block * stride;
      for (int i = from; i < from + HISTOGRAM_BLOCK_BYTES; i++) {
        counts[data[i] & 0xff]++;
      }
    }
    return bits(counts, HISTOGRAM_BYTES);
  }

  /**
   * Whether bytes of which {@code total}, at most 4,096, are counted would save enough by their
   * distribution alone. A sample of random bytes seems to save a little, so a little does not
   * count.
   */
  static boolean saves(int[] counts, int total) {
    return bits(counts, total) < EVEN_BITS_MIN;
  }

  private static double bits(int[] counts, int total) {
    double sum = 0;
    for (int count : counts) {
      sum += WEIGHTED_LOG[count];
    }
    return (WEIGHTED_LOG[total] - sum) / total;
  }

  private static double[] weightedLog() {
    double[] values = new double[HISTOGRAM_BYTES + 1];
    for (int n = 2; n < values.length; n++) {
      values[n] = n * Math.log(n) / Math.log(2);
    }
    return values;
  }
}

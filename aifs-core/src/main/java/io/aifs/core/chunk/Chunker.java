package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

/**
 * Content-defined cuts after FastCDC-2020: a gear hash rolls over the bytes, and a chunk ends
 * behind a byte where the hash's upper bits are zero. Equal content is cut alike wherever it
 * stands, so an insertion changes the chunks around it and no others. The rules are in {@code
 * docs/format/chunking.md}; they never change, since deduplication depends on them.
 *
 * <p>Stateless, allocation-free and thread-safe.
 */
public final class Chunker {
  /** How far the two masks lie from the target's: short chunks are rarer, long ones end sooner. */
  private static final int NORMALISATION = 2;

  /** Bit 63 is left out, so that a hash may be looked at one shift later; see {@link #cut}. */
  private static final int MASK_TOP_BIT = 62;

  private static final long[] GEAR = GearTable.words();
  private static final long[] GEAR_SHIFTED = shifted(GEAR);

  private final ChunkerParameters parameters;
  private final long maskBeforeTarget;
  private final long maskAfterTarget;

  public Chunker(ChunkerParameters parameters) {
    this.parameters = requireNonNull(parameters, "parameters is null");
    int bits = Integer.numberOfTrailingZeros(parameters.bytesTarget());
    this.maskBeforeTarget = mask(bits + NORMALISATION);
    this.maskAfterTarget = mask(bits - NORMALISATION);
  }

  public ChunkerParameters parameters() {
    return parameters;
  }

  /**
   * The length of the chunk that starts at {@code offset}, when {@code length} bytes from there are
   * at hand. The answer does not depend on how much more than {@code bytesMax} is at hand.
   *
   * @param end whether the content ends at {@code offset + length}
   * @return the chunk's length in bytes, or -1 when none can be cut yet: fewer than {@code
   *     bytesMax} bytes are at hand and more may come, or nothing is left
   */
  public int cut(byte[] data, int offset, int length, boolean end) {
    int bytesMax = parameters.bytesMax();
    if (length <= 0 || (length < bytesMax && !end)) {
      return -1;
    }
    int limit = Math.min(length, bytesMax);
    int at = parameters.bytesMin();
    if (limit <= at) {
      return limit;
    }
    int target = Math.min(limit, parameters.bytesTarget());
    long hash = 0;
    long mask = maskBeforeTarget;
    // An odd first stretch is made even by one single step, so that the pairs end on the target.
    if (((target - at) & 1) != 0) {
      hash = GEAR[data[offset + at] & 0xff];
      at++;
      if ((hash & mask) == 0) {
        return at;
      }
    }
    for (int stop = target; ; stop = limit, mask = maskAfterTarget) {
      long maskShifted = mask << 1;
      // Two bytes a step: after the first, the hash is held shifted by one, as is the mask.
      for (; at + 1 < stop; at += 2) {
        hash = (hash << 2) + GEAR_SHIFTED[data[offset + at] & 0xff];
        if ((hash & maskShifted) == 0) {
          return at + 1;
        }
        hash += GEAR[data[offset + at + 1] & 0xff];
        if ((hash & mask) == 0) {
          return at + 2;
        }
      }
      if (stop == limit) {
        return limit;
      }
    }
  }

  private static long mask(int bits) {
    return ((1L << bits) - 1) << (MASK_TOP_BIT + 1 - bits);
  }

  private static long[] shifted(long[] words) {
    long[] shifted = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      shifted[i] = words[i] << 1;
    }
    return shifted;
  }
}

package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

import java.util.Objects;

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

  /** Bit 63 is left out, so that a hash may be looked at one shift later; see {@link #scan}. */
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
    Objects.checkFromIndexSize(offset, length, data.length);
    int bytesMax = parameters.bytesMax();
    if (length == 0 || (length < bytesMax && !end)) {
      return -1;
    }
    int limit = Math.min(length, bytesMax);
    int start = offset + parameters.bytesMin();
    int stop = offset + limit;
    if (stop <= start) {
      return limit;
    }
    int target = offset + Math.min(limit, parameters.bytesTarget());
    int found = scan(data, start, target, 0, maskBeforeTarget);
    if (found < 0) {
      // A byte leaves the hash after 64 shifts, so this is the hash where the first scan ended.
      long hash = hash(data, Math.max(start, target - Long.SIZE), target);
      found = scan(data, target, stop, hash, maskAfterTarget);
    }
    return found < 0 ? limit : found - offset;
  }

  /**
   * The index behind the first byte of {@code from..to} where the hash's mask bits are zero, or -1.
   * Two bytes a step: behind the first, the hash stands shifted by one, and so does the mask.
   */
  private static int scan(byte[] data, int from, int to, long hash, long mask) {
    long[] gear = GEAR;
    long[] gearShifted = GEAR_SHIFTED;
    long maskShifted = mask << 1;
    long rolling = hash;
    int at = from;
    for (; at < to - 1; at += 2) {
      rolling = (rolling << 2) + gearShifted[data[at] & 0xff];
      if ((rolling & maskShifted) == 0) {
        return at + 1;
      }
      rolling += gear[data[at + 1] & 0xff];
      if ((rolling & mask) == 0) {
        return at + 2;
      }
    }
    if (at < to && (((rolling << 1) + gear[data[at] & 0xff]) & mask) == 0) {
      return to;
    }
    return -1;
  }

  private static long hash(byte[] data, int from, int to) {
    long hash = 0;
    for (int at = from; at < to; at++) {
      hash = (hash << 1) + GEAR[data[at] & 0xff];
    }
    return hash;
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

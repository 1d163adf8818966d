package io.aifs.server.pack;

/**
 * Where a record is, in one {@code long}: 22 bits of pack ordinal, 26 of offset, 14 of length in
 * units of 128 bytes, rounded up. Ordered by pack, then offset. Never 0: no record is at offset 0;
 * never negative: the two highest bits are free for the flags of a {@link RecordTable}.
 */
final class Location {
  /** Packs that one process can know. */
  static final int ORDINALS_MAX = 1 << 22;

  private static final int OFFSET_BITS = 26;
  private static final int LENGTH_BITS = 14;
  private static final int LENGTH_UNIT_BYTES = 128;

  private Location() {}

  static long of(int ordinal, long offset, int totalBytes) {
    int units = (totalBytes + LENGTH_UNIT_BYTES - 1) / LENGTH_UNIT_BYTES;
    if (offset < 1 || offset >= 1L << OFFSET_BITS || units >= 1 << LENGTH_BITS) {
      throw new IllegalArgumentException(
          "no record of " + totalBytes + " bytes can be at byte " + offset);
    }
    return ((long) ordinal << (OFFSET_BITS + LENGTH_BITS)) | (offset << LENGTH_BITS) | units;
  }

  static int ordinal(long location) {
    return (int) (location >>> (OFFSET_BITS + LENGTH_BITS)) & (ORDINALS_MAX - 1);
  }

  static int offset(long location) {
    return (int) (location >>> LENGTH_BITS) & ((1 << OFFSET_BITS) - 1);
  }

  /** At least the record's length, at most 127 bytes more. */
  static int lengthBytesMax(long location) {
    return (int) (location & ((1 << LENGTH_BITS) - 1)) * LENGTH_UNIT_BYTES;
  }
}

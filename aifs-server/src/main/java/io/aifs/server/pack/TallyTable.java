package io.aifs.server.pack;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Sums what is kept of each pack. Not thread-safe. */
final class TallyTable implements LongConsumer {
  private static final int SUMS = 6;

  /** By ordinal: records and bytes of all, of those unmarked, of those hidden. */
  private long[] sums = new long[SUMS * 64];

  @Override
  public void accept(long kept) {
    int at = Location.ordinal(kept) * SUMS;
    if (at + SUMS > sums.length) {
      sums = Arrays.copyOf(sums, Math.max(at + SUMS, sums.length * 2));
    }
    long bytes = Location.lengthBytesMax(kept);
    count(at, bytes);
    if (kept < 0) {
      count(at + 4, bytes);
    } else if ((kept & RecordTable.MARKED) == 0) {
      count(at + 2, bytes);
    }
  }

  private void count(int at, long bytes) {
    sums[at]++;
    sums[at + 1] += bytes;
  }

  PackTally of(PackFile pack) {
    int at = pack.ordinal() * SUMS;
    if (at + SUMS > sums.length) {
      return new PackTally(pack.id(), 0, 0, 0, 0, 0, 0);
    }
    return new PackTally(
        pack.id(), sums[at], sums[at + 1], sums[at + 2], sums[at + 3], sums[at + 4], sums[at + 5]);
  }
}

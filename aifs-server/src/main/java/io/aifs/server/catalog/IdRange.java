package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ids from {@code first} up to, not including, {@code end}. What needs memory for each asset is
 * done for one range after the other, so that memory does not grow with the catalog.
 */
final class IdRange {
  private static final long ROWS_EACH = 1_000_000;
  private static final int BYTE_VALUES = 256;

  private final byte[] first;
  private final byte[] end;

  private IdRange(byte[] first, byte[] end) {
    this.first = first;
    this.end = end;
  }

  /** All ids, in as many ranges as {@code rows} that name some call for. */
  static List<IdRange> split(long rows) {
    List<IdRange> ranges = new ArrayList<>();
    int step = (int) Math.max(1, BYTE_VALUES / (1 + rows / ROWS_EACH));
    for (int from = 0; from < BYTE_VALUES; from += step) {
      int to = from + step;
      ranges.add(
          new IdRange(
              new byte[] {(byte) from}, to < BYTE_VALUES ? new byte[] {(byte) to} : aboveAll()));
    }
    return ranges;
  }

  private static byte[] aboveAll() {
    byte[] key = new byte[Digest.BYTES + 1];
    Arrays.fill(key, (byte) 0xff);
    return key;
  }

  byte[] first() {
    return first;
  }

  byte[] end() {
    return end;
  }
}

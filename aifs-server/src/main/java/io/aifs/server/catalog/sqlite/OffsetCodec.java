package io.aifs.server.catalog.sqlite;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Offsets in order: each as its distance from the one before, unsigned LEB128. */
final class OffsetCodec {
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  static byte[] encode(int[] offsets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(offsets.length * 3);
    int before = 0;
    for (int offset : offsets) {
      int left = offset - before;
      while (left >= MORE) {
        out.write((left & (MORE - 1)) | MORE);
        left >>>= BITS;
      }
      out.write(left);
      before = offset;
    }
    return out.toByteArray();
  }

  /**
   * @throws DamagedRowException if the bytes are not what {@link #encode} gives
   */
  static int[] decode(byte[] bytes) throws DamagedRowException {
    int[] offsets = new int[bytes.length];
    int count = 0;
    long offset = 0;
    int at = 0;
    while (at < bytes.length) {
      long distance = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        if (at == bytes.length || shift > 4 * BITS) {
          throw new DamagedRowException("offsets end inside one");
        }
        distance |= (long) (bytes[at] & (MORE - 1)) << shift;
        more = (bytes[at] & MORE) != 0;
        shift += BITS;
        at++;
      }
      offset += distance;
      if (distance == 0 || offset > Integer.MAX_VALUE) {
        throw new DamagedRowException("offsets are not in order");
      }
      offsets[count] = (int) offset;
      count++;
    }
    return Arrays.copyOf(offsets, count);
  }

  private OffsetCodec() {}
}

package io.aifs.schemas.numpy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The record that a ZIP ends with, without which it may have been cut off between two entries. */
final class ZipEnd {
  private static final int SIGNATURE = 0x06054b50;
  private static final int BYTES = 22;
  private static final int COUNT_AT = 10;
  private static final int COMMENT_LENGTH_AT = 20;
  private static final int COMMENT_BYTES_MAX = 0xffff;

  /** What stands for a count that is elsewhere, as it is too large. */
  private static final int COUNT_ELSEWHERE = 0xffff;

  /**
   * @param entries how many were found
   * @throws PayloadInvalidException if the record is not there, or says another number
   */
  static void requireEntries(ByteSource source, int entries)
      throws PayloadInvalidException, IOException {
    int length = (int) Math.min(source.size(), BYTES + COMMENT_BYTES_MAX);
    ByteBuffer end =
        ByteBuffer.wrap(source.read(source.size() - length, length)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = length - BYTES; at >= 0; at--) {
      if (end.getInt(at) == SIGNATURE
          && Short.toUnsignedInt(end.getShort(at + COMMENT_LENGTH_AT)) == length - at - BYTES) {
        int count = Short.toUnsignedInt(end.getShort(at + COUNT_AT));
        if (count != entries && count != COUNT_ELSEWHERE) {
          throw new PayloadInvalidException(
              "end of the ZIP", "it says " + count + " entries, but there are " + entries);
        }
        return;
      }
    }
    throw new PayloadInvalidException(
        "end of the ZIP", "is missing: this is no npz file, or it is cut off");
  }

  private ZipEnd() {}
}

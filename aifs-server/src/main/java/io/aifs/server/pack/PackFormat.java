package io.aifs.server.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.core.Limits;
import io.aifs.server.model.PackId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The numbers of {@code docs/format/pack.md}, and its scalars: big-endian, varint and CRC32C. */
final class PackFormat {
  /** What is written. */
  static final int VERSION = 3;

  static final int HEADER_BYTES = 512;
  static final int KEK_ID_BYTES_MAX = 448;
  static final int PACK_BYTES_MAX = 64 << 20;

  static final int CRC_BYTES = 4;

  /** The longest record header of any form: as much is read to find out what a record is. */
  static final int RECORD_HEADER_BYTES_MAX = 88;

  private static final int VARINT_BYTES_MAX = 5;

  /** The longest content, its wrapped key and tag, and room to spare. */
  static final int PAYLOAD_BYTES_MAX = Limits.CHUNK_BYTES_MAX + 4_096;

  static final int INDEX_MARKER = 0xAF494458;
  static final int INDEX_HEADER_BYTES = 12;

  /** An index entry's bytes in packs that are written. */
  static final int INDEX_ENTRY_BYTES = RecordKey.BYTES + 3;

  private static final int INDEX_ENTRY_BYTES_OF_1 = 52;
  static final int FOOTER_BYTES = 44;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private PackFormat() {}

  static byte[] headerMagic() {
    return "AIFSPACK".getBytes(US_ASCII);
  }

  static byte[] footerMagic() {
    return "AIFSPEND".getBytes(US_ASCII);
  }

  static String directory(PackId id) {
    return "packs/" + id.hex().substring(0, 2);
  }

  static String fileName(PackId id) {
    return directory(id) + "/" + id.hex() + ".pack";
  }

  /** Bytes of an index entry in packs of this version. */
  static int indexEntryBytes(int version) {
    return version == 1 ? INDEX_ENTRY_BYTES_OF_1 : INDEX_ENTRY_BYTES;
  }

  /**
   * Bytes of an index block in packs of this version.
   *
   * @param count of entries
   * @param bases how many of them name a base
   */
  static long indexBytes(int version, long count, long bases) {
    return INDEX_HEADER_BYTES
        + count * indexEntryBytes(version)
        + bases * RecordKey.BYTES
        + CRC_BYTES;
  }

  /**
   * How many entries of an index block name a base; -1 if a block of {@code count} entries cannot
   * have this length.
   */
  static int bases(int version, long count, long blockBytes) {
    long rest = blockBytes - indexBytes(version, count, 0);
    boolean possible =
        count >= 0
            && rest >= 0
            && rest % RecordKey.BYTES == 0
            && rest / RecordKey.BYTES <= (version < 3 ? 0 : count);
    return possible ? (int) (rest / RecordKey.BYTES) : -1;
  }

  static int getInt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static void putInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  static long getLong(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static void putLong(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  static int getShort(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xFF) << 8) | (bytes[offset + 1] & 0xFF);
  }

  static void putShort(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  /** Unsigned, of three bytes. */
  static int getMedium(byte[] bytes, int offset) {
    return (getShort(bytes, offset) << 8) | (bytes[offset + 2] & 0xFF);
  }

  static void putMedium(byte[] bytes, int offset, int value) {
    putShort(bytes, offset, value >> 8);
    bytes[offset + 2] = (byte) value;
  }

  static int varintBytes(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** Writes seven bits a byte, the lowest first, and returns the offset behind it. */
  static int putVarint(byte[] bytes, int offset, int value) {
    int at = offset;
    int rest = value;
    while (rest >>> 7 != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  /**
   * The number that begins at {@code offset} and the offset behind it, in the low and the high half
   * of a long; negative if it does not end before {@code limit}, is over 31 bits or is written
   * longer than need be.
   */
  static long getVarint(byte[] bytes, int offset, int limit) {
    long value = 0;
    int end = Math.min(limit, offset + VARINT_BYTES_MAX);
    for (int at = offset; at < end; at++) {
      int part = bytes[at];
      value |= (long) (part & 0x7F) << (7 * (at - offset));
      if (part >= 0) {
        boolean shortest = part != 0 || at == offset;
        return shortest && value <= Integer.MAX_VALUE ? (long) (at + 1) << 32 | value : -1;
      }
    }
    return -1;
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Whether the four bytes after the stretch are its CRC32C. */
  static boolean crcHolds(byte[] bytes, int offset, int length) {
    return getInt(bytes, offset + length) == crc(bytes, offset, length);
  }

  /** Writes the CRC32C of the stretch into the four bytes after it. */
  static void putCrc(byte[] bytes, int offset, int length) {
    putInt(bytes, offset + length, crc(bytes, offset, length));
  }
}

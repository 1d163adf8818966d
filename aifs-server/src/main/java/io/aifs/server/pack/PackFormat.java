package io.aifs.server.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.core.Limits;
import io.aifs.server.model.PackId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The numbers of {@code docs/format/pack.md}, and its two scalars: big-endian and CRC32C. */
final class PackFormat {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 512;
  static final int KEK_ID_BYTES_MAX = 448;
  static final int PACK_BYTES_MAX = 64 << 20;

  static final int RECORD_MARKER = 0xAF524543;
  static final int RECORD_HEADER_BYTES = 56;
  static final int CRC_BYTES = 4;

  /** The longest content, its wrapped key and tag, and room to spare. */
  static final int PAYLOAD_BYTES_MAX = Limits.CHUNK_BYTES_MAX + 4_096;

  static final int RECORD_BYTES_MAX = RECORD_HEADER_BYTES + PAYLOAD_BYTES_MAX + CRC_BYTES;

  static final int INDEX_MARKER = 0xAF494458;
  static final int INDEX_HEADER_BYTES = 12;
  static final int INDEX_ENTRY_BYTES = 52;
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

  /** Bytes of an index block with {@code count} entries. */
  static long indexBytes(long count) {
    return INDEX_HEADER_BYTES + count * INDEX_ENTRY_BYTES + CRC_BYTES;
  }

  /** Bytes of the whole record whose payload is this long. */
  static int recordBytes(int payloadBytes) {
    return RECORD_HEADER_BYTES + payloadBytes + CRC_BYTES;
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

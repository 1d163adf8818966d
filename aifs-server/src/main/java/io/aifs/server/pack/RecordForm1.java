package io.aifs.server.pack;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import org.jspecify.annotations.Nullable;

/** Record headers as packs of version 1 have them: fixed fields behind a marker. Only read. */
final class RecordForm1 {
  private static final int MARKER = 0xAF524543;
  private static final int HEADER_BYTES = 56;
  private static final int CRC_AT = HEADER_BYTES - PackFormat.CRC_BYTES;

  private RecordForm1() {}

  static @Nullable RecordHeader read(byte[] in, int offset, int limit) {
    if (offset + HEADER_BYTES > limit
        || PackFormat.getInt(in, offset) != MARKER
        || !PackFormat.crcHolds(in, offset, CRC_AT)) {
      return null;
    }
    if (Codec.needsBase(in[offset + 5] & 0xFF)) {
      return null; // no program wrote such a record in this form
    }
    return new RecordHeader(
        HEADER_BYTES,
        in[offset + 4] & 0xFF,
        in[offset + 5] & 0xFF,
        PackFormat.getShort(in, offset + 6),
        PackFormat.getInt(in, offset + 8),
        PackFormat.getInt(in, offset + 12),
        PackFormat.getInt(in, offset + 16),
        Digest.fromBytes(in, offset + 20),
        null);
  }
}

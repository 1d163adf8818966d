package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a record's payload, or in an index entry. The type is a code and the flags are
 * kept, so that records of a later program can be walked over and copied.
 *
 * @param type a {@link RecordType} code, or one that this program does not know
 * @param flags 0 in every record that this program understands
 */
record RecordHeader(
    int type, int codec, int flags, int epoch, int plainBytes, int payloadBytes, Digest id) {
  private static final int CRC_AT = PackFormat.RECORD_HEADER_BYTES - PackFormat.CRC_BYTES;

  static RecordHeader of(PackRecord record) {
    return new RecordHeader(
        record.type().code(),
        record.codec(),
        0,
        record.epoch(),
        record.plainBytes(),
        record.payload().length,
        record.id());
  }

  /** Bytes of the whole record. */
  int totalBytes() {
    return PackFormat.recordBytes(payloadBytes);
  }

  void writeTo(byte[] out, int offset) {
    PackFormat.putInt(out, offset, PackFormat.RECORD_MARKER);
    out[offset + 4] = (byte) type;
    out[offset + 5] = (byte) codec;
    PackFormat.putShort(out, offset + 6, flags);
    PackFormat.putInt(out, offset + 8, epoch);
    PackFormat.putInt(out, offset + 12, plainBytes);
    PackFormat.putInt(out, offset + 16, payloadBytes);
    id.writeTo(out, offset + 20);
    PackFormat.putCrc(out, offset, CRC_AT);
  }

  /** The header at {@code offset}, or null if its checksum or a length does not hold. */
  static @Nullable RecordHeader read(byte[] in, int offset) {
    if (PackFormat.getInt(in, offset) != PackFormat.RECORD_MARKER
        || !PackFormat.crcHolds(in, offset, CRC_AT)) {
      return null;
    }
    RecordHeader header =
        new RecordHeader(
            in[offset + 4] & 0xFF,
            in[offset + 5] & 0xFF,
            PackFormat.getShort(in, offset + 6),
            PackFormat.getInt(in, offset + 8),
            PackFormat.getInt(in, offset + 12),
            PackFormat.getInt(in, offset + 16),
            Digest.fromBytes(in, offset + 20));
    return header.payloadBytes < 0 || header.payloadBytes > PackFormat.PAYLOAD_BYTES_MAX
        ? null
        : header;
  }

  /** The type, or null if this program does not understand the record. */
  @Nullable RecordType knownType() {
    if (flags == 0 && epoch >= 0 && plainBytes >= 0) {
      for (RecordType known : RecordType.values()) {
        if (known.code() == type) {
          return known;
        }
      }
    }
    return null;
  }
}

package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a record's payload. A record says by its first byte which form its header has,
 * so that those of older programs are copied into new packs as they are. The type is a code, so
 * that records of a later program can be walked over and copied.
 *
 * @param headerBytes how long the header is
 * @param type a {@link RecordType} code, or one that this program does not know
 * @param base stored id of the base; null if the codec needs none
 * @param flags 0 in every record that this program understands
 */
record RecordHeader(
    int headerBytes,
    int type,
    int codec,
    int flags,
    int epoch,
    int plainBytes,
    int payloadBytes,
    Digest id,
    @Nullable Digest base) {

  /** The header that is written before a record's payload. */
  static RecordHeader of(PackRecord record) {
    return new RecordHeader(
        RecordForm2.headerBytes(record),
        record.type().code(),
        record.codec(),
        0,
        record.epoch(),
        record.plainBytes(),
        record.payload().length,
        record.id(),
        record.base());
  }

  /** Bytes of the whole record. */
  int totalBytes() {
    return headerBytes + payloadBytes + PackFormat.CRC_BYTES;
  }

  /**
   * The header that begins at {@code offset}, or null if its checksum or a length does not hold, or
   * it does not end before {@code limit}.
   */
  static @Nullable RecordHeader read(byte[] in, int offset, int limit) {
    if (offset >= limit) {
      return null;
    }
    RecordHeader header =
        in[offset] < 0 ? RecordForm1.read(in, offset, limit) : RecordForm2.read(in, offset, limit);
    return header == null
            || header.payloadBytes < 0
            || header.payloadBytes > PackFormat.PAYLOAD_BYTES_MAX
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

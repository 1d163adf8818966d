package io.aifs.server.pack;

import io.aifs.crypto.RecordType;
import java.util.Arrays;

/** Whole records to and from bytes. Nothing in the bytes depends on pack or position. */
final class RecordBytes {
  private RecordBytes() {}

  /**
   * @throws IllegalArgumentException if a field does not fit the format
   */
  static void check(PackRecord record) {
    if (record.payload().length > PackFormat.PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "payload is longer than "
              + PackFormat.PAYLOAD_BYTES_MAX
              + " bytes: "
              + record.payload().length);
    }
    if (record.codec() < 0 || record.codec() > 255) {
      throw new IllegalArgumentException("codec is outside 0..255: " + record.codec());
    }
    if (record.epoch() < 0) {
      throw new IllegalArgumentException("epoch is negative: " + record.epoch());
    }
    if (record.plainBytes() < 0) {
      throw new IllegalArgumentException("plainBytes is negative: " + record.plainBytes());
    }
  }

  /** Writes {@code record}, whose header this is, at {@code offset}. */
  static void encode(RecordHeader header, PackRecord record, byte[] out, int offset) {
    byte[] payload = record.payload();
    int payloadAt = offset + header.headerBytes();
    RecordForm2.write(header, out, offset);
    System.arraycopy(payload, 0, out, payloadAt, payload.length);
    PackFormat.putCrc(out, payloadAt, payload.length);
  }

  /** Whether the payload after {@code header} at {@code offset} matches its checksum. */
  static boolean payloadHolds(RecordHeader header, byte[] in, int offset) {
    return PackFormat.crcHolds(in, offset + header.headerBytes(), header.payloadBytes());
  }

  /** The record behind a header of a known type. Copies the payload. */
  static PackRecord decode(RecordHeader header, RecordType type, byte[] in, int offset) {
    int from = offset + header.headerBytes();
    return new PackRecord(
        type,
        header.id(),
        header.codec(),
        header.base(),
        header.epoch(),
        header.plainBytes(),
        Arrays.copyOfRange(in, from, from + header.payloadBytes()));
  }
}

package io.aifs.server.pack;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Record headers as they are written: type and codec in a byte, numbers as long as they need to be.
 * The first byte is below 128, which tells it from the markers of old headers and of an index.
 *
 * <p>Content that is stored as it is has the length of its payload but for the seal, so it is not
 * written: such records are those that nothing makes small. Behind the id stands that of the base,
 * in records of codecs that need one.
 */
final class RecordForm2 {
  private static final int TYPE_SHIFT = 3;

  /** Content as it is, whose length follows from the payload's. */
  private static final int STORED = 0;

  /** The codec has a byte of its own. */
  private static final int CODEC_FOLLOWS = 7;

  private RecordForm2() {}

  static int headerBytes(PackRecord record) {
    int codec = codecBits(record.codec(), record.plainBytes(), record.payload().length);
    return 1
        + (codec == CODEC_FOLLOWS ? 1 : 0)
        + PackFormat.varintBytes(record.epoch())
        + (codec == STORED ? 0 : PackFormat.varintBytes(record.plainBytes()))
        + PackFormat.varintBytes(record.payload().length)
        + Digest.BYTES
        + (record.base() == null ? 0 : Digest.BYTES)
        + PackFormat.CRC_BYTES;
  }

  private static int codecBits(int codec, int plainBytes, int payloadBytes) {
    return codec == STORED && plainBytes != storedBytes(payloadBytes)
        ? CODEC_FOLLOWS
        : Math.min(codec, CODEC_FOLLOWS);
  }

  /** Length of the content of a payload that holds it as it is. */
  private static int storedBytes(int payloadBytes) {
    return payloadBytes - ChunkCipher.OVERHEAD_BYTES;
  }

  static void write(RecordHeader header, byte[] out, int offset) {
    int at = offset;
    int codec = codecBits(header.codec(), header.plainBytes(), header.payloadBytes());
    out[at++] = (byte) (header.type() << TYPE_SHIFT | codec);
    if (codec == CODEC_FOLLOWS) {
      out[at++] = (byte) header.codec();
    }
    at = PackFormat.putVarint(out, at, header.epoch());
    if (codec != STORED) {
      at = PackFormat.putVarint(out, at, header.plainBytes());
    }
    at = PackFormat.putVarint(out, at, header.payloadBytes());
    header.id().writeTo(out, at);
    at += Digest.BYTES;
    Digest base = header.base();
    if (base != null) {
      base.writeTo(out, at);
      at += Digest.BYTES;
    }
    PackFormat.putCrc(out, offset, at - offset);
  }

  static @Nullable RecordHeader read(byte[] in, int offset, int limit) {
    int type = in[offset] >> TYPE_SHIFT;
    int bits = in[offset] & CODEC_FOLLOWS;
    int codecBytes = bits == CODEC_FOLLOWS ? 1 : 0;
    if (type == 0 || offset + codecBytes >= limit) {
      return null; // zeros, as of a sector that cannot be read, are no record
    }
    int codec = codecBytes == 0 ? bits : in[offset + 1] & 0xFF;
    long epoch = PackFormat.getVarint(in, offset + 1 + codecBytes, limit);
    long plain = bits == STORED ? epoch : next(in, epoch, limit);
    long payload = next(in, plain, limit);
    if (payload < 0) {
      return null;
    }
    int plainBytes = bits == STORED ? storedBytes((int) payload) : (int) plain;
    int idAt = (int) (payload >> 32);
    int baseAt = idAt + Digest.BYTES;
    boolean hasBase = Codec.needsBase(codec);
    int crcAt = hasBase ? baseAt + Digest.BYTES : baseAt;
    if (codecBits(codec, plainBytes, (int) payload) != bits
        || crcAt + PackFormat.CRC_BYTES > limit
        || !PackFormat.crcHolds(in, offset, crcAt - offset)) {
      return null;
    }
    return new RecordHeader(
        crcAt + PackFormat.CRC_BYTES - offset,
        type,
        codec,
        0,
        (int) epoch,
        plainBytes,
        (int) payload,
        Digest.fromBytes(in, idAt),
        hasBase ? Digest.fromBytes(in, baseAt) : null);
  }

  /** The number behind another that was read. */
  private static long next(byte[] in, long before, int limit) {
    return before < 0 ? before : PackFormat.getVarint(in, (int) (before >> 32), limit);
  }
}

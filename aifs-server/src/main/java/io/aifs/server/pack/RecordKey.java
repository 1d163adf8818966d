package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.HexFormat;

/**
 * What indexes know a record by: the first 96 bits of its stored id. Stored ids are keyed digests,
 * so nobody can choose two that begin alike, and among 2^32 records of a domain two do so by chance
 * once in 2^33 stores. A reader compares the whole id with the record's header nevertheless.
 *
 * @param low the last 32 of the bits, in the upper half
 */
record RecordKey(long high, long low) {
  static final int BYTES = 12;

  private static final long LOW_BITS = 0xFFFF_FFFF_0000_0000L;

  RecordKey {
    low &= LOW_BITS;
  }

  static RecordKey of(Digest id) {
    byte[] bytes = id.toBytes();
    return new RecordKey(
        PackFormat.getLong(bytes, 0), PackFormat.getLong(bytes, Long.BYTES) & LOW_BITS);
  }

  static RecordKey read(byte[] in, int offset) {
    return new RecordKey(
        PackFormat.getLong(in, offset), (long) PackFormat.getInt(in, offset + Long.BYTES) << 32);
  }

  void writeTo(byte[] out, int offset) {
    PackFormat.putLong(out, offset, high);
    PackFormat.putInt(out, offset + Long.BYTES, (int) (low >>> 32));
  }

  boolean isOf(Digest id) {
    return equals(of(id));
  }

  /** The id as far as it is known, for reports about a record of which nothing else is: then 0s. */
  Digest padded() {
    byte[] bytes = new byte[Digest.BYTES];
    writeTo(bytes, 0);
    return Digest.fromBytes(bytes, 0);
  }

  /** The known digits of the id. */
  @Override
  public String toString() {
    byte[] bytes = new byte[BYTES];
    writeTo(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }
}

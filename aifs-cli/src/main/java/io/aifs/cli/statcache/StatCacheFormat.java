package io.aifs.cli.statcache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The bytes of a cache, as {@code docs/format/stat-cache.md} says. */
final class StatCacheFormat {
  static final int SECRET_BYTES = 32;

  private static final long MAGIC = 0x41494653_53544154L; // "AIFSSTAT"
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES + SECRET_BYTES;

  /** What a file holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(byte[] secret, CachedFiles files) {}

  /** How long a file of so many entries is. */
  static long bytes(long entries) {
    return HEADER_BYTES + entries * CachedFile.BYTES + Integer.BYTES;
  }

  /** Empty if these are not the bytes of a whole cache of this version. */
  static Optional<Content> decode(byte[] file) {
    int end = file.length - Integer.BYTES;
    if (end < HEADER_BYTES || (end - HEADER_BYTES) % CachedFile.BYTES != 0) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    if (in.getInt(end) != checksum(file, end) || in.getLong() != MAGIC || in.getInt() != VERSION) {
      return Optional.empty();
    }
    byte[] secret = new byte[SECRET_BYTES];
    in.get(secret);
    ByteBuffer entries = in.slice(HEADER_BYTES, end - HEADER_BYTES);
    return Optional.of(new Content(secret, new CachedFiles(entries)));
  }

  /**
   * @param files in the order of their paths' keys, none twice
   */
  static byte[] encode(byte[] secret, Collection<CachedFile> files) {
    byte[] file = new byte[Math.toIntExact(bytes(files.size()))];
    ByteBuffer out = ByteBuffer.wrap(file);
    out.putLong(MAGIC).putInt(VERSION).put(Arrays.copyOf(secret, SECRET_BYTES));
    files.forEach(entry -> entry.write(out));
    out.putInt(checksum(file, out.position()));
    return file;
  }

  private static int checksum(byte[] file, int length) {
    CRC32C crc = new CRC32C();
    crc.update(file, 0, length);
    return (int) crc.getValue();
  }

  private StatCacheFormat() {}
}

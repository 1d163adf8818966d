package io.aifs.cli.statcache;

import io.aifs.crypto.Blake3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A path under a secret key: names a file to whoever knows the path, and tells nobody else. Ordered
 * as its bytes are, unsigned.
 */
record PathKey(long high, long low) implements Comparable<PathKey> {
  static final int BYTES = 2 * Long.BYTES;

  /**
   * The key of a path's absolute form. Two spellings of one file may differ; two files may share a
   * key only if they are one behind a link, and their stamps tell them apart.
   */
  static PathKey of(byte[] secret, Path file) {
    byte[] path = file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return read(ByteBuffer.wrap(Blake3.keyedHash(secret, path, BYTES)));
  }

  static PathKey read(ByteBuffer in) {
    return new PathKey(in.getLong(), in.getLong());
  }

  void write(ByteBuffer out) {
    out.putLong(high).putLong(low);
  }

  @Override
  public int compareTo(PathKey other) {
    int order = Long.compareUnsigned(high, other.high);
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }
}

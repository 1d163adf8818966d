package io.aifs.tests.harness;

import java.io.InputStream;
import java.util.SplittableRandom;

/** {@code length} random bytes that do not compress; the same ones for the same seed. */
public final class RandomStream extends InputStream {
  private static final int BLOCK_BYTES = 1 << 16;

  private final SplittableRandom random;
  private final byte[] block = new byte[BLOCK_BYTES];
  private long left;
  private int position = BLOCK_BYTES;

  public RandomStream(long seed, long length) {
    this.random = new SplittableRandom(seed);
    this.left = length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    if (position == BLOCK_BYTES) {
      random.nextBytes(block);
      position = 0;
    }
    int count = (int) Math.min(Math.min(length, left), BLOCK_BYTES - position);
    System.arraycopy(block, position, buffer, offset, count);
    position += count;
    left -= count;
    return count;
  }

  /** All that is left; no I/O is involved that could fail. */
  public byte[] toBytes() {
    byte[] bytes = new byte[Math.toIntExact(left)];
    int filled = 0;
    while (filled < bytes.length) {
      filled += read(bytes, filled, bytes.length - filled);
    }
    return bytes;
  }
}

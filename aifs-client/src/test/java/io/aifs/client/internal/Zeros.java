package io.aifs.client.internal;

import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Many zero bytes that take no memory, and how many of them were taken. */
final class Zeros extends InputStream {
  private final IntConsumer taken;
  private long left;

  Zeros(long count, IntConsumer taken) {
    this.left = count;
    this.taken = taken;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] out, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    Arrays.fill(out, offset, offset + count, (byte) 0);
    left -= count;
    taken.accept(count);
    return count;
  }
}

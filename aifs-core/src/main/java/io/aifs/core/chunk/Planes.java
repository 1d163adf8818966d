package io.aifs.core.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of a fixed width, taken apart by the place of their bytes and put together again. Numbers
 * are little-endian, so plane 0 has the lowest bytes; nothing depends on that.
 */
final class Planes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Planes() {}

  /**
   * Writes the bytes of each place together: byte p of number i goes to {@code out[p * count + i]}.
   */
  static void split(int width, byte[] data, int offset, int count, byte[] out) {
    switch (width) {
      case 1 -> System.arraycopy(data, offset, out, 0, count);
      case 2 -> splitShorts(data, offset, count, out);
      case 4 -> splitInts(data, offset, count, out);
      case 8 -> splitLongs(data, offset, count, out);
      default -> throw new IllegalArgumentException("width is not 1, 2, 4 or 8: " + width);
    }
  }

  private static void splitShorts(byte[] data, int offset, int count, byte[] out) {
    for (int i = 0; i < count; i++) {
      short value = (short) SHORT.get(data, offset + 2 * i);
      out[i] = (byte) value;
      out[count + i] = (byte) (value >> 8);
    }
  }

  private static void splitInts(byte[] data, int offset, int count, byte[] out) {
    int second = 2 * count;
    int third = 3 * count;
    for (int i = 0; i < count; i++) {
      int value = (int) INT.get(data, offset + 4 * i);
      out[i] = (byte) value;
      out[count + i] = (byte) (value >> 8);
      out[second + i] = (byte) (value >> 16);
      out[third + i] = (byte) (value >> 24);
    }
  }

  private static void splitLongs(byte[] data, int offset, int count, byte[] out) {
    for (int i = 0; i < count; i++) {
      long value = (long) LONG.get(data, offset + 8 * i);
      for (int plane = 0, at = i; plane < 8; plane++, at += count) {
        out[at] = (byte) (value >> 8 * plane);
      }
    }
  }

  /** Changes one place of {@code count} numbers by XOR with {@code bytes} from {@code from} on. */
  static void xorPlane(int width, int plane, byte[] bytes, int from, int count, byte[] numbers) {
    if (width == 1) {
      for (int i = 0; i < count; i++) {
        numbers[i] ^= bytes[from + i];
      }
      return;
    }
    for (int i = 0, at = plane; i < count; i++, at += width) {
      numbers[at] ^= bytes[from + i];
    }
  }

  /** Changes one place of {@code count} numbers by XOR with one value. */
  static void xorConstant(int width, int plane, byte value, int count, byte[] numbers) {
    if (value != 0) {
      for (int i = 0, at = plane; i < count; i++, at += width) {
        numbers[at] ^= value;
      }
    }
  }

  /** Writes what differs between {@code data} from {@code offset} on and {@code base}. */
  static void difference(byte[] data, int offset, byte[] base, int length, byte[] out) {
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      LONG.set(out, at, (long) LONG.get(data, offset + at) ^ (long) LONG.get(base, at));
    }
    for (; at < length; at++) {
      out[at] = (byte) (data[offset + at] ^ base[at]);
    }
  }
}

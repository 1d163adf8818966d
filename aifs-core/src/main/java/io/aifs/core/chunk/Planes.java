package io.aifs.core.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of a fixed width, taken apart by the place of their bytes and put together again. Numbers
 * are little-endian, so plane 0 has the lowest bytes.
 *
 * <p>Before that they are rotated to the left by one bit: so the exponents of float32 and bfloat16
 * are bytes of their own, and their signs, which are noise, are among the noise.
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
      int value = rotated((short) SHORT.get(data, offset + 2 * i));
      out[i] = (byte) value;
      out[count + i] = (byte) (value >> 8);
    }
  }

  private static void splitInts(byte[] data, int offset, int count, byte[] out) {
    int second = 2 * count;
    int third = 3 * count;
    for (int i = 0; i < count; i++) {
      int value = Integer.rotateLeft((int) INT.get(data, offset + 4 * i), 1);
      out[i] = (byte) value;
      out[count + i] = (byte) (value >> 8);
      out[second + i] = (byte) (value >> 16);
      out[third + i] = (byte) (value >> 24);
    }
  }

  private static void splitLongs(byte[] data, int offset, int count, byte[] out) {
    for (int i = 0; i < count; i++) {
      long value = Long.rotateLeft((long) LONG.get(data, offset + 8 * i), 1);
      for (int plane = 0, at = i; plane < 8; plane++, at += count) {
        out[at] = (byte) (value >> (8 * plane));
      }
    }
  }

  private static int rotated(short value) {
    return value << 1 | (value >> 15 & 1);
  }

  /** One byte of a number at {@code at} as {@link #split} gives it. */
  static byte place(int width, int plane, byte[] data, int at) {
    if (width == 1) {
      return data[at];
    }
    int below = data[at + (plane == 0 ? width : plane) - 1];
    return (byte) (data[at + plane] << 1 | (below >> 7 & 1));
  }

  /** Rotates the first {@code count} numbers to the left by one bit. */
  static void rotateLeft(int width, int count, byte[] numbers) {
    rotate(width, count, numbers, 1);
  }

  /** Undoes {@link #rotateLeft}. */
  static void rotateRight(int width, int count, byte[] numbers) {
    rotate(width, count, numbers, -1);
  }

  private static void rotate(int width, int count, byte[] numbers, int bits) {
    switch (width) {
      case 1 -> {
        // bytes are their own planes
      }
      case 2 -> {
        for (int at = 0; at < 2 * count; at += 2) {
          int value = (short) SHORT.get(numbers, at) & 0xffff;
          SHORT.set(numbers, at, (short) (value << (bits & 15) | value >> (-bits & 15)));
        }
      }
      case 4 -> {
        for (int at = 0; at < 4 * count; at += 4) {
          INT.set(numbers, at, Integer.rotateLeft((int) INT.get(numbers, at), bits));
        }
      }
      default -> {
        for (int at = 0; at < 8 * count; at += 8) {
          LONG.set(numbers, at, Long.rotateLeft((long) LONG.get(numbers, at), bits));
        }
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

package io.aifs.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A BLAKE3-256 digest: the name of content, of a chunk, of a tree node. Immutable and thread-safe.
 * Ordered as its bytes are, unsigned, which is also the order of its hexadecimal form.
 */
public final class Digest implements Comparable<Digest> {
  /** Bytes of a digest. Its text form has twice as many characters. */
  public static final int BYTES = 32;

  private static final int HEX_CHARS = 2 * BYTES;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  // Four words instead of an array: half the memory, and nothing to copy defensively.
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private Digest(byte[] bytes, int offset) {
    first = (long) LONG.get(bytes, offset);
    second = (long) LONG.get(bytes, offset + Long.BYTES);
    third = (long) LONG.get(bytes, offset + 2 * Long.BYTES);
    fourth = (long) LONG.get(bytes, offset + 3 * Long.BYTES);
  }

  /** The digest of {@code content}. */
  public static Digest of(byte[] content) {
    return of(content, 0, content.length);
  }

  /** The digest of {@code length} bytes of {@code content}, from {@code offset} on. */
  public static Digest of(byte[] content, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, content.length);
    byte[] out = new byte[BYTES];
    Blake3Tree.hash(Blake3Kernels.BEST, Blake3Mode.HASH, content, offset, length, out);
    return new Digest(out, 0);
  }

  /**
   * Reads the text form: exactly 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what is wrong
   */
  public static Digest parse(String hex) {
    if (hex.length() != HEX_CHARS) {
      throw new IllegalArgumentException(
          "digest is not " + HEX_CHARS + " hexadecimal digits long: " + hex.length());
    }
    for (int i = 0; i < HEX_CHARS; i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new IllegalArgumentException(
            "digest has a character other than 0-9 and a-f at position " + i + ": " + shown(c));
      }
    }
    return new Digest(HexFormat.of().parseHex(hex), 0);
  }

  /**
   * Wraps the 32 bytes of a digest, which are copied.
   *
   * @throws IllegalArgumentException if there are not exactly 32
   */
  public static Digest fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("digest is not " + BYTES + " bytes: " + bytes.length);
    }
    return new Digest(bytes, 0);
  }

  /** Wraps the 32 bytes that begin at {@code bytes[offset]}, which are copied. */
  public static Digest fromBytes(byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, BYTES, bytes.length);
    return new Digest(bytes, offset);
  }

  /** The 64 lower-case hexadecimal digits that {@link #parse} reads and {@code b3sum} prints. */
  public String hex() {
    return HexFormat.of().formatHex(toBytes());
  }

  /** A new array of the 32 bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[BYTES];
    writeTo(bytes, 0);
    return bytes;
  }

  /** Writes the 32 bytes to {@code out}, from {@code offset} on. */
  public void writeTo(byte[] out, int offset) {
    Objects.checkFromIndexSize(offset, BYTES, out.length);
    LONG.set(out, offset, first);
    LONG.set(out, offset + Long.BYTES, second);
    LONG.set(out, offset + 2 * Long.BYTES, third);
    LONG.set(out, offset + 3 * Long.BYTES, fourth);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(first, other.first);
    if (order == 0) {
      order = Long.compareUnsigned(second, other.second);
    }
    if (order == 0) {
      order = Long.compareUnsigned(third, other.third);
    }
    return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Digest other
        && first == other.first
        && second == other.second
        && third == other.third
        && fourth == other.fourth;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first); // the bits of a digest are as good as random
  }

  /** The same as {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }

  private static String shown(char c) {
    return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
  }
}

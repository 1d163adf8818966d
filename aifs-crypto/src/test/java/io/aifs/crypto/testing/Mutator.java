package io.aifs.crypto.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs that are nearly valid out of valid ones; all that is random comes from a seed. */
final class Mutator {
  /** No input grows beyond: what is bounded must be so far below it. */
  static final int INPUT_BYTES_MAX = 1 << 17;

  private static final int CHANGES_MAX = 6;
  private static final int NESTED_MAX = 20_000;

  /** Lengths, counts and offsets that arithmetic slips on. */
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    256,
    4_096,
    65_535,
    65_536,
    1 << 20,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 1L,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 53,
    1L << 62,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE
  };

  /** Pieces of text on which parsers of text slip. */
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\0",
          "/",
          "//",
          "..",
          ".",
          ",",
          ":",
          "=",
          " = ",
          "\"",
          "'",
          "\\",
          "%",
          "@",
          "@{",
          "}",
          "~",
          "~0",
          "^",
          "-",
          "+",
          "*",
          "**",
          "[",
          "]",
          "{",
          "(",
          ")",
          "|",
          "?",
          "$",
          "#",
          "!",
          "0",
          "00",
          "-0",
          "-1",
          "9999999999",
          "99999999999999999999",
          "1e999999999",
          "0x1",
          "NaN",
          "null",
          "true",
          "T00:00:00Z",
          "24:00",
          "+999999999-12-31",
          "\u00e9",
          "e\u0301",
          "\u0130",
          "\u017f",
          "\u0660",
          "\uff11",
          "\u200b",
          "\u202e",
          "\ufeff",
          "\ufffd",
          "\ufffe",
          "\ud83d\ude00",
          "::",
          "/33",
          "snap:",
          "aifs://",
          "(a+)+",
          "\\Q");

  private static final byte[][] BAD_UTF8 = {
    {(byte) 0x80},
    {(byte) 0xff},
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xb0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xe2, (byte) 0x82}
  };

  private static final String NESTING = "[{(<\"\\|";

  private final List<byte[]> seeds;
  private final SplittableRandom random;

  /**
   * @param seeds valid inputs, one at least
   */
  Mutator(List<byte[]> seeds, SplittableRandom random) {
    this.seeds = seeds;
    this.random = random;
  }

  /** A seed with some changes. */
  byte[] next() {
    byte[] input = seed();
    for (int changes = 1 + random.nextInt(CHANGES_MAX); changes > 0; changes--) {
      input = change(input);
      if (input.length > INPUT_BYTES_MAX) {
        input = Arrays.copyOf(input, INPUT_BYTES_MAX);
      }
    }
    return input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size())).clone();
  }

  private byte[] change(byte[] input) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6 -> withBitFlipped(input);
      case 7, 8, 9, 10, 11 -> withByteSet(input);
      case 12, 13, 14 -> cut(input);
      case 15, 16, 17 -> without(input);
      case 18, 19, 20 -> insert(input, SeededTest.bytes(random, 1 + random.nextInt(8)));
      case 21, 22, 23 -> duplicated(input);
      case 24, 25 -> spliced(input);
      case 26, 27, 28, 29 -> overwrite(input, number());
      case 30, 31 -> insert(input, varint(NUMBERS[random.nextInt(NUMBERS.length)]));
      case 32, 33, 34 -> insert(input, FuzzText.encode(PIECES.get(random.nextInt(PIECES.size()))));
      case 35, 36 -> insert(input, BAD_UTF8[random.nextInt(BAD_UTF8.length)]);
      case 37 -> overwrite(input, varint(NUMBERS[random.nextInt(NUMBERS.length)]));
      case 38 -> random.nextInt(8) == 0 ? nested(input) : swapped(input);
      default -> random.nextInt(20) == 0 ? lengthened(input) : SeededTest.bytes(random, 16);
    };
  }

  private int place(byte[] input) {
    return random.nextInt(input.length + 1);
  }

  private byte[] withBitFlipped(byte[] input) {
    if (input.length > 0) {
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return input;
  }

  private byte[] withByteSet(byte[] input) {
    if (input.length > 0) {
      input[random.nextInt(input.length)] = (byte) random.nextInt(256);
    }
    return input;
  }

  private byte[] cut(byte[] input) {
    return Arrays.copyOf(input, place(input));
  }

  private byte[] without(byte[] input) {
    int from = place(input);
    int count = Math.min(input.length - from, 1 + random.nextInt(16));
    return joined(input, from, new byte[0], from + count);
  }

  private byte[] insert(byte[] input, byte[] piece) {
    int at = place(input);
    return joined(input, at, piece, at);
  }

  private byte[] overwrite(byte[] input, byte[] piece) {
    int at = place(input);
    return joined(input, at, piece, Math.min(input.length, at + piece.length));
  }

  private byte[] duplicated(byte[] input) {
    int from = place(input);
    int end = from + random.nextInt(input.length - from + 1);
    byte[] piece = Arrays.copyOfRange(input, from, end);
    return insert(input, piece);
  }

  private byte[] swapped(byte[] input) {
    if (input.length > 1) {
      int one = random.nextInt(input.length);
      int other = random.nextInt(input.length);
      byte kept = input[one];
      input[one] = input[other];
      input[other] = kept;
    }
    return input;
  }

  private byte[] spliced(byte[] input) {
    byte[] other = seed();
    int from = place(other);
    return joined(input, place(input), Arrays.copyOfRange(other, from, other.length), input.length);
  }

  private byte[] nested(byte[] input) {
    byte[] piece = new byte[1 + random.nextInt(NESTED_MAX)];
    Arrays.fill(piece, (byte) NESTING.charAt(random.nextInt(NESTING.length())));
    return insert(input, piece);
  }

  private byte[] lengthened(byte[] input) {
    byte[] piece = new byte[1 + random.nextInt(INPUT_BYTES_MAX)];
    Arrays.fill(piece, input.length == 0 ? 0 : input[random.nextInt(input.length)]);
    return insert(input, piece);
  }

  private byte[] number() {
    long number = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(-1, 2);
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return switch (random.nextInt(4)) {
      case 0 -> new byte[] {(byte) number};
      case 1 -> ByteBuffer.allocate(Short.BYTES).order(order).putShort((short) number).array();
      case 2 -> ByteBuffer.allocate(Integer.BYTES).order(order).putInt((int) number).array();
      default -> ByteBuffer.allocate(Long.BYTES).order(order).putLong(number).array();
    };
  }

  private static byte[] varint(long number) {
    ByteBuffer out = ByteBuffer.allocate(10);
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.put((byte) ((rest & 0x7f) | 0x80));
    }
    return Arrays.copyOf(out.put((byte) rest).array(), out.position());
  }

  /**
   * {@code input} up to {@code at}, then {@code piece}, then {@code input} from {@code rest} on.
   */
  private static byte[] joined(byte[] input, int at, byte[] piece, int rest) {
    byte[] out = Arrays.copyOf(input, at + piece.length + input.length - rest);
    System.arraycopy(piece, 0, out, at, piece.length);
    System.arraycopy(input, rest, out, at + piece.length, input.length - rest);
    return out;
  }
}

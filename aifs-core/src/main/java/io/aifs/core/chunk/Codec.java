package io.aifs.core.chunk;

import java.util.List;

/**
 * How a chunk's stored bytes relate to its content. The code is one unsigned byte in every record
 * and is never given another meaning.
 *
 * <p>Reserved: 2-15 other general compressors; 20-31 zstd with further dictionaries; 32-63 further
 * ways to store numbers; 64-95 further differences to a base chunk; 96-254 unassigned; 255 never
 * used.
 */
public enum Codec {
  /** The content itself. */
  STORED(0),
  /** One zstd frame without dictionary. */
  ZSTD(1),
  /** One zstd frame made with the first dictionary of the domain. */
  ZSTD_DICTIONARY_1(16),
  /** One zstd frame made with the second dictionary of the domain. */
  ZSTD_DICTIONARY_2(17),
  /** One zstd frame made with the third dictionary of the domain. */
  ZSTD_DICTIONARY_3(18),
  /** One zstd frame made with the fourth dictionary of the domain. */
  ZSTD_DICTIONARY_4(19),
  /**
   * Numbers of two bytes, the bytes of each place together; see {@code docs/format/chunking.md}.
   */
  PLANES_2(34),
  /** The same of numbers of four bytes. */
  PLANES_4(36),
  /** The same of numbers of eight bytes. */
  PLANES_8(40),
  /** What differs from a base chunk of the same length, of numbers of one byte. */
  DELTA_1(65),
  /** The same of numbers of two bytes, in planes. */
  DELTA_2(66),
  /** The same of numbers of four bytes, in planes. */
  DELTA_4(68),
  /** The same of numbers of eight bytes, in planes. */
  DELTA_8(72);

  /** The codes of those in planes are this and the width of a number. */
  private static final int PLANES_CODES = 32;

  /** The first of the codes of those that need a base. */
  private static final int DELTA_CODES = 64;

  private static final List<Codec> WITH_DICTIONARY =
      List.of(ZSTD_DICTIONARY_1, ZSTD_DICTIONARY_2, ZSTD_DICTIONARY_3, ZSTD_DICTIONARY_4);

  private final int code;

  Codec(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * That of numbers of {@code width} bytes in planes.
   *
   * @throws IllegalArgumentException if there is none: there are of 2, 4 and 8
   */
  public static Codec planes(int width) {
    return switch (width) {
      case 2 -> PLANES_2;
      case 4 -> PLANES_4;
      case 8 -> PLANES_8;
      default -> throw new IllegalArgumentException("width is not 2, 4 or 8: " + width);
    };
  }

  /**
   * That of what differs from a base, in numbers of {@code width} bytes.
   *
   * @throws IllegalArgumentException if there is none: there are of 1, 2, 4 and 8
   */
  public static Codec delta(int width) {
    return switch (width) {
      case 1 -> DELTA_1;
      case 2 -> DELTA_2;
      case 4 -> DELTA_4;
      case 8 -> DELTA_8;
      default -> throw new IllegalArgumentException("width is not 1, 2, 4 or 8: " + width);
    };
  }

  /** Bytes of a number, of a codec of numbers. */
  int width() {
    return needsBase() ? code - DELTA_CODES : code - PLANES_CODES;
  }

  /** Whether it takes the content of another chunk to read it. */
  public boolean needsBase() {
    return needsBase(code);
  }

  /** Whether records of codecs of this code name a base, also if this build does not know it. */
  public static boolean needsBase(int code) {
    return code >= DELTA_CODES && code < 96;
  }

  /** Whether it takes a {@link ZstdDictionary} to read it. */
  public boolean needsDictionary() {
    return WITH_DICTIONARY.contains(this);
  }

  /** Those that {@link #needsDictionary}, in the order in which a domain comes to use them. */
  public static List<Codec> withDictionary() {
    return WITH_DICTIONARY;
  }

  /**
   * @throws IllegalArgumentException if this build knows no codec of this code
   */
  public static Codec ofCode(int code) {
    return switch (code) {
      case 0 -> STORED;
      case 1 -> ZSTD;
      case 16 -> ZSTD_DICTIONARY_1;
      case 17 -> ZSTD_DICTIONARY_2;
      case 18 -> ZSTD_DICTIONARY_3;
      case 19 -> ZSTD_DICTIONARY_4;
      case 34 -> PLANES_2;
      case 36 -> PLANES_4;
      case 40 -> PLANES_8;
      case 65 -> DELTA_1;
      case 66 -> DELTA_2;
      case 68 -> DELTA_4;
      case 72 -> DELTA_8;
      default -> throw new IllegalArgumentException("codec is unknown: " + code);
    };
  }
}

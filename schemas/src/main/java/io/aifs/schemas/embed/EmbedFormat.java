package io.aifs.schemas.embed;

/** Numbers of the format in {@code docs/format/embed.md}. */
final class EmbedFormat {
  /** {@code AIFE}, little-endian. */
  static final int IDENTIFIER = 0x45464941;

  /** FlatBuffers measure in 31 bits: no buffer is longer. */
  static final long BYTES_MAX = Integer.MAX_VALUE;

  static final int SOURCE_BYTES_MAX = 1_024;

  /** Fields of the table, in the order of the schema. */
  static final int MODEL = 0;

  static final int DIMENSION = 1;
  static final int METRIC = 2;
  static final int VECTORS = 3;
  static final int SOURCES = 4;
  static final int FIELDS = 5;

  private EmbedFormat() {}
}

package io.aifs.core.chunk;

/**
 * How a chunk's stored bytes relate to its content. The code is one unsigned byte in every record
 * and is never given another meaning.
 *
 * <p>Reserved: 2-15 other general compressors; 16-31 zstd with a dictionary; 32-63 numbers split
 * into byte planes; 64-95 differences to a base chunk; 96-254 unassigned; 255 never used.
 */
public enum Codec {
  /** The content itself. */
  STORED(0),
  /** One zstd frame without dictionary. */
  ZSTD(1);

  private final int code;

  Codec(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if this build knows no codec of this code
   */
  public static Codec ofCode(int code) {
    return switch (code) {
      case 0 -> STORED;
      case 1 -> ZSTD;
      default -> throw new IllegalArgumentException("codec is unknown: " + code);
    };
  }
}

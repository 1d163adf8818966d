package io.aifs.core.model;

/** The four kinds of asset. {@link #code} is the number on the wire and in every format. */
public enum AssetKind {
  BLOB(0),
  TENSOR(1),
  EMBED(2),
  ARTIFACT(3);

  private final int code;

  AssetKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no kind has this code
   */
  public static AssetKind ofCode(int code) {
    return switch (code) {
      case 0 -> BLOB;
      case 1 -> TENSOR;
      case 2 -> EMBED;
      case 3 -> ARTIFACT;
      default -> throw new IllegalArgumentException("kind is unknown: " + code);
    };
  }
}

package io.aifs.server.catalog;

/** The two trees of a working state. */
public enum TreePart {
  /** What has a path. */
  PATHS(0),
  /** Assets put without one, each under its id in hex. */
  UNNAMED(1);

  private final int code;

  TreePart(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no part has this code
   */
  public static TreePart ofCode(long code) {
    for (TreePart part : values()) {
      if (part.code == code) {
        return part;
      }
    }
    throw new IllegalArgumentException("part of a working state is unknown: " + code);
  }
}

package io.aifs.core.model;

/** How an index holds vectors in memory. The codes are of the catalog and the wire. */
public enum VectorStorage {
  /** As they are: 4 bytes a value. */
  FLOAT32(0),

  /** Directions rounded to a byte a value: for cosine only. */
  INT8(1);

  private final int code;

  VectorStorage(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * The storage with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static VectorStorage ofCode(int code) {
    for (VectorStorage storage : values()) {
      if (storage.code == code) {
        return storage;
      }
    }
    throw new IllegalArgumentException("there is no storage of vectors " + code);
  }
}

package io.aifs.crypto;

/** What is sealed. The code is bound into the seal, so that one cannot pass as another. */
public enum RecordType {
  CHUNK(1),
  MANIFEST_PAGE(2),
  TREE_NODE(3),
  JOURNAL(4),
  /** What chunks of the domain are compressed with. */
  DICTIONARY(5),
  /** A piece of a file of a vector index; in no pack. */
  VECTOR_FRAME(6);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no type has this code
   */
  public static RecordType ofCode(int code) {
    for (RecordType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("record type is unknown: " + code);
  }
}

package io.aifs.schemas.layout;

import static java.util.Objects.requireNonNull;

import io.aifs.schemas.tensor.TensorType;

/**
 * A tensor inside a file: {@code type.bytes()} bytes from {@code offset}, one behind the other.
 *
 * @param name unique in the file; empty for the only tensor of a file that names none
 */
public record TensorEntry(String name, TensorType type, long offset) {
  public TensorEntry {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    if (offset < 0) {
      throw new IllegalArgumentException("offset is negative: " + offset);
    }
  }

  /** The offset behind the last byte. */
  public long end() {
    return offset + type.bytes();
  }
}

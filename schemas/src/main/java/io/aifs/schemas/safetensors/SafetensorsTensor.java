package io.aifs.schemas.safetensors;

import static java.util.Objects.requireNonNull;

import io.aifs.schemas.tensor.TensorType;

/**
 * A tensor of a file.
 *
 * @param begin where its values begin, counted from the end of the header
 */
public record SafetensorsTensor(String name, TensorType type, long begin) {
  public SafetensorsTensor {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }

  /** Behind its last value, counted from the end of the header. */
  public long end() {
    return begin + type.bytes();
  }
}

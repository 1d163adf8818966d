package io.aifs.schemas.tensor;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor in memory.
 *
 * @param values {@code type.bytes()} bytes, row-major and little-endian: a view that is not copied
 */
public record Tensor(String name, TensorType type, ByteBuffer values) {
  /**
   * @throws IllegalArgumentException if the values are not as many as the type says
   */
  public Tensor {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    values = values.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (values.remaining() != type.bytes()) {
      throw new IllegalArgumentException(
          "there are " + values.remaining() + " bytes for " + type.bytes() + " of " + type);
    }
  }
}

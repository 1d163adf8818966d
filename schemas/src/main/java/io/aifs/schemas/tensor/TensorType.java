package io.aifs.schemas.tensor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a tensor is but for its values, which are row-major: the last dimension varies fastest.
 *
 * @param shape length of each dimension; empty for a single value
 * @param dimensionNames empty, or a name for each dimension
 */
public record TensorType(ElementType element, List<Long> shape, List<String> dimensionNames) {
  /** Dimensions of a tensor. */
  public static final int DIMENSIONS_MAX = 64;

  /**
   * @throws IllegalArgumentException if a dimension is negative, there are too many, the names do
   *     not fit, or the values are over 2^63 - 1 bytes
   */
  public TensorType {
    requireNonNull(element, "element is null");
    shape = List.copyOf(shape);
    dimensionNames = List.copyOf(dimensionNames);
    if (shape.size() > DIMENSIONS_MAX) {
      throw new IllegalArgumentException(
          "there are over " + DIMENSIONS_MAX + " dimensions: " + shape.size());
    }
    if (!dimensionNames.isEmpty() && dimensionNames.size() != shape.size()) {
      throw new IllegalArgumentException(
          "there are " + dimensionNames.size() + " names for " + shape.size() + " dimensions");
    }
    long bytes = bytes(element, shape);
    if (bytes < 0) {
      throw new IllegalArgumentException("the shape is of over 2^63 - 1 bytes: " + shape);
    }
  }

  /** A tensor whose dimensions have no names. */
  public TensorType(ElementType element, List<Long> shape) {
    this(element, shape, List.of());
  }

  /** Count of the values. */
  public long elements() {
    return bytes() / element.bytes();
  }

  /** Bytes of the values. */
  public long bytes() {
    return bytes(element, shape);
  }

  /** The bytes, or -1 if they are too many. A zero somewhere excuses no other dimension. */
  private static long bytes(ElementType element, List<Long> shape) {
    long product = element.bytes();
    boolean empty = false;
    for (long length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException("a dimension is negative: " + length);
      }
      if (length == 0) {
        empty = true;
      } else if (product > Long.MAX_VALUE / length) {
        return -1;
      } else {
        product *= length;
      }
    }
    return empty ? 0 : product;
  }
}

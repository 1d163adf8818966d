package io.aifs.schemas.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * How values lie that need not be row-major: by how many bytes the next of each dimension is away,
 * which may be negative (a reversed dimension) or 0 (one that repeats itself).
 *
 * @param bytes for each dimension
 * @param offset of the value at place 0 of all dimensions
 */
public record Strides(ElementType element, List<Long> shape, List<Long> bytes, long offset) {
  /**
   * @throws IllegalArgumentException if there is not one for each dimension, or the shape is none
   */
  public Strides {
    shape = new TensorType(element, shape).shape();
    bytes = List.copyOf(bytes);
    if (bytes.size() != shape.size()) {
      throw new IllegalArgumentException(
          "there are " + bytes.size() + " strides for " + shape.size() + " dimensions");
    }
  }

  /** The last dimension varies fastest. */
  public static Strides rowMajor(TensorType type) {
    return new Strides(type.element(), type.shape(), products(type.element(), type.shape()), 0);
  }

  /** The first dimension varies fastest, as in Fortran. */
  public static Strides columnMajor(TensorType type) {
    List<Long> strides = products(type.element(), type.shape().reversed()).reversed();
    return new Strides(type.element(), type.shape(), strides, 0);
  }

  private static List<Long> products(ElementType element, List<Long> shape) {
    List<Long> strides = new ArrayList<>();
    long next = element.bytes();
    for (long length : shape.reversed()) {
      strides.addFirst(next);
      next *= Math.max(1, length);
    }
    return strides;
  }

  /**
   * The same values with dimensions in another order.
   *
   * @param order for each dimension of the result the number of the one that it is here
   * @throws IllegalArgumentException if it does not name each dimension once
   */
  public Strides permuted(List<Integer> order) {
    boolean holds = order.size() == shape.size() && new HashSet<>(order).size() == order.size();
    if (!holds || order.stream().anyMatch(i -> i < 0 || i >= shape.size())) {
      throw new IllegalArgumentException(
          "is no order of " + shape.size() + " dimensions: " + order);
    }
    return new Strides(
        element,
        order.stream().map(shape::get).toList(),
        order.stream().map(bytes::get).toList(),
        offset);
  }

  /**
   * The values row-major, in new memory.
   *
   * @throws IllegalArgumentException if they are not all inside, or are too many for memory
   */
  public ByteBuffer inOrder(ByteBuffer values) {
    var type = new TensorType(element, shape);
    requireInside(values, type);
    ByteBuffer result =
        ByteBuffer.allocate(Math.toIntExact(type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    if (type.bytes() > 0) {
      copy(values.slice(), result);
    }
    return result.flip();
  }

  /** Counts through all dimensions but the last, which is copied at once where it lies so. */
  private void copy(ByteBuffer values, ByteBuffer result) {
    int dimensions = shape.size();
    int width = element.bytes();
    long lastLength = dimensions == 0 ? 1 : shape.getLast();
    long lastStride = dimensions == 0 ? width : bytes.getLast();
    long[] place = new long[Math.max(0, dimensions - 1)];
    long at = offset;
    while (true) {
      if (lastStride == width) {
        int length = (int) lastLength * width;
        result.put(result.position(), values, (int) at, length);
        result.position(result.position() + length);
      } else {
        for (long i = 0; i < lastLength; i++) {
          result.put(result.position(), values, (int) (at + i * lastStride), width);
          result.position(result.position() + width);
        }
      }
      int dimension = place.length - 1;
      while (dimension >= 0 && ++place[dimension] == shape.get(dimension)) {
        at -= bytes.get(dimension) * (shape.get(dimension) - 1);
        place[dimension--] = 0;
      }
      if (dimension < 0) {
        return;
      }
      at += bytes.get(dimension);
    }
  }

  private void requireInside(ByteBuffer values, TensorType type) {
    if (type.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("is too long for memory: " + type.bytes() + " bytes");
    }
    if (type.bytes() == 0) {
      return;
    }
    try {
      long least = offset;
      long most = Math.addExact(offset, element.bytes());
      for (int i = 0; i < shape.size(); i++) {
        long span = Math.multiplyExact(bytes.get(i), shape.get(i) - 1);
        least = Math.addExact(least, Math.min(0, span));
        most = Math.addExact(most, Math.max(0, span));
      }
      if (least >= 0 && most <= values.remaining()) {
        return;
      }
    } catch (ArithmeticException _) {
      // beyond all bounds, which is outside as well
    }
    throw new IllegalArgumentException(
        "strides lead outside of " + values.remaining() + " bytes: " + this);
  }
}

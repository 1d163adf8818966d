package io.aifs.schemas.tensor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Where a part of a tensor lies among its values. Immutable; takes no more memory for more runs.
 */
public final class SlicePlan implements Iterable<SlicePlan.Run> {
  private final TensorType type;
  private final List<SliceRange> outer;
  private final long[] strides;
  private final long firstOffset;
  private final long runBytes;
  private final long runs;

  private SlicePlan(
      TensorType type,
      List<SliceRange> outer,
      long[] strides,
      long firstOffset,
      long runBytes,
      long runs) {
    this.type = type;
    this.outer = outer;
    this.strides = strides;
    this.firstOffset = firstOffset;
    this.runBytes = runBytes;
    this.runs = runs;
  }

  /**
   * Bytes that lie together.
   *
   * @param offset counted from the tensor's first value
   */
  public record Run(long offset, long length) {
    /** The offset behind the last byte. */
    public long end() {
      return offset + length;
    }
  }

  /**
   * Plans the reading of a part.
   *
   * @param ranges of the first dimensions in order; those that are left out are read whole
   * @throws IllegalArgumentException if there are more ranges than dimensions, or one is not inside
   *     its dimension
   */
  public static SlicePlan of(TensorType tensor, List<SliceRange> ranges) {
    List<SliceRange> all = complete(tensor, ranges);
    int dimensions = all.size();
    long[] strides = new long[dimensions];
    long stride = tensor.element().bytes();
    for (int i = dimensions - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(1, tensor.shape().get(i));
    }
    TensorType type = type(tensor, all);
    if (type.bytes() == 0) {
      return new SlicePlan(type, List.of(), strides, 0, 0, 0);
    }
    long first = 0;
    int inner = 0; // dimensions from there on lie together
    for (int i = 0; i < dimensions; i++) {
      first += all.get(i).start() * strides[i];
      if (all.get(i).length() != tensor.shape().get(i)) {
        inner = i;
      }
    }
    long runBytes = dimensions == 0 ? stride : all.get(inner).length() * strides[inner];
    List<SliceRange> outer = withoutSingles(all, strides, inner);
    return new SlicePlan(type, outer, strides, first, runBytes, type.bytes() / runBytes);
  }

  /** The outer dimensions along which there is more than one run; strides move along. */
  private static List<SliceRange> withoutSingles(List<SliceRange> all, long[] strides, int inner) {
    List<SliceRange> outer = new ArrayList<>();
    for (int i = 0; i < inner; i++) {
      if (all.get(i).length() > 1) {
        strides[outer.size()] = strides[i];
        outer.add(all.get(i));
      }
    }
    return List.copyOf(outer);
  }

  private static List<SliceRange> complete(TensorType tensor, List<SliceRange> ranges) {
    List<Long> shape = tensor.shape();
    if (ranges.size() > shape.size()) {
      throw new IllegalArgumentException(
          "there are " + ranges.size() + " ranges for " + shape.size() + " dimensions");
    }
    List<SliceRange> all = new ArrayList<>(ranges);
    for (int i = 0; i < shape.size(); i++) {
      if (i == all.size()) {
        all.add(new SliceRange(0, shape.get(i), true));
      } else if (all.get(i).end() > shape.get(i)) {
        throw new IllegalArgumentException(
            "range %d:%d is not inside dimension %d, which is %d long"
                .formatted(all.get(i).start(), all.get(i).end(), i, shape.get(i)));
      }
    }
    return all;
  }

  private static TensorType type(TensorType tensor, List<SliceRange> ranges) {
    List<Long> shape = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).keep()) {
        shape.add(ranges.get(i).length());
        if (!tensor.dimensionNames().isEmpty()) {
          names.add(tensor.dimensionNames().get(i));
        }
      }
    }
    return new TensorType(tensor.element(), shape, names);
  }

  /** The part as a tensor of its own. */
  public TensorType type() {
    return type;
  }

  /** How many runs there are. */
  public long runs() {
    return runs;
  }

  /** The length of each run, all of which are equal; 0 if there are none. */
  public long runBytes() {
    return runBytes;
  }

  /** The runs in the order of their offsets; no two touch each other. */
  @Override
  public Iterator<Run> iterator() {
    return new Runs();
  }

  /** Counts through the outer dimensions. */
  private final class Runs implements Iterator<Run> {
    private final long[] place = new long[outer.size()];
    private long offset = firstOffset;
    private long given;

    @Override
    public boolean hasNext() {
      return given < runs;
    }

    @Override
    public Run next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Run run = new Run(offset, runBytes);
      if (++given < runs) {
        advance();
      }
      return run;
    }

    private void advance() {
      int dimension = place.length - 1;
      while (++place[dimension] == outer.get(dimension).length()) {
        offset -= strides[dimension] * (place[dimension] - 1);
        place[dimension--] = 0;
      }
      offset += strides[dimension];
    }
  }
}

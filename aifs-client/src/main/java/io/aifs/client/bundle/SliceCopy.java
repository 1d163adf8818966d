package io.aifs.client.bundle;

import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.SlicePlan;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tensor of any size, copied through memory that is bounded as long as a single place
 * of its first dimension of some length is.
 */
public final class SliceCopy {
  private static final long PIECE_BYTES = 64L << 20;

  private final Tensors tensors;
  private final ReadTarget target;
  private final TensorEntry tensor;
  private final List<SliceRange> ranges;
  private final TensorType type;

  /**
   * @param ranges of the first dimensions; those left out are taken whole
   * @throws IllegalArgumentException if they are outside the tensor's dimensions
   */
  public SliceCopy(
      Tensors tensors, ReadTarget target, TensorEntry tensor, List<SliceRange> ranges) {
    this.tensors = tensors;
    this.target = target;
    this.tensor = tensor;
    this.type = SlicePlan.of(tensor.type(), ranges).type();
    this.ranges = complete(tensor.type().shape(), ranges);
  }

  /** Those left out are whole. */
  private static List<SliceRange> complete(List<Long> shape, List<SliceRange> given) {
    List<SliceRange> all = new ArrayList<>(given);
    for (long length : shape.subList(given.size(), shape.size())) {
      all.add(new SliceRange(0, length, true));
    }
    return List.copyOf(all);
  }

  /** What the part is. */
  public TensorType type() {
    return type;
  }

  /** Copies the values, row-major, in as few reads as memory allows. */
  public void copy(OutputStream out) throws IOException {
    long bytes = type.bytes();
    int split = 0;
    while (split < ranges.size() && ranges.get(split).length() <= 1) {
      split++;
    }
    if (bytes <= PIECE_BYTES || split == ranges.size()) {
      write(ranges, out);
      return;
    }
    SliceRange range = ranges.get(split);
    long places = Math.max(1, PIECE_BYTES / (bytes / range.length()));
    List<SliceRange> piece = new ArrayList<>(ranges);
    for (long start = range.start(); start < range.end(); start += places) {
      piece.set(split, new SliceRange(start, Math.min(range.end(), start + places), true));
      write(piece, out);
    }
  }

  private void write(List<SliceRange> piece, OutputStream out) throws IOException {
    Tensor part = tensors.slice(target, tensor.name(), piece);
    ByteBuffer values = part.values();
    if (values.hasArray()) {
      out.write(values.array(), values.arrayOffset() + values.position(), values.remaining());
    } else {
      byte[] bytes = new byte[values.remaining()];
      values.get(bytes);
      out.write(bytes);
    }
  }
}

package io.aifs.crypto;

/**
 * Fills lanes while there are at least two nodes, and leaves a last single one to plain Java: a
 * pass over full lanes costs about as much as two nodes one by one.
 */
final class Blake3VectorKernel implements Blake3Kernel {
  private final int wideLanes;
  private final int narrowLanes;
  private final Blake3Kernel wide;
  private final Blake3Kernel narrow;
  private final Blake3Kernel scalar = new Blake3ScalarKernel();

  /** Vectors of {@code lanes} lanes, and half as wide ones where they are enough. */
  Blake3VectorKernel(int lanes) {
    wideLanes = lanes;
    narrowLanes = Math.max(lanes / 2, 8);
    wide = Blake3Shapes.open(lanes);
    narrow = narrowLanes < lanes ? Blake3Shapes.open(narrowLanes) : wide;
  }

  @Override
  public void chunks(
      Blake3Mode mode,
      byte[] data,
      int offset,
      int count,
      long firstChunk,
      byte[] values,
      int valuesOffset) {
    int full = count - count % wideLanes;
    if (full > 0) {
      wide.chunks(mode, data, offset, full, firstChunk, values, valuesOffset);
    }
    if (full < count) {
      int from = offset + full * Blake3Spec.CHUNK_BYTES;
      int to = valuesOffset + full * Blake3Spec.VALUE_BYTES;
      kernel(count - full).chunks(mode, data, from, count - full, firstChunk + full, values, to);
    }
  }

  @Override
  public void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset) {
    int full = count - count % wideLanes;
    if (full > 0) {
      wide.parents(mode, values, offset, full, outOffset);
    }
    if (full < count) {
      int from = offset + full * Blake3Spec.BLOCK_BYTES;
      int to = outOffset + full * Blake3Spec.VALUE_BYTES;
      kernel(count - full).parents(mode, values, from, count - full, to);
    }
  }

  private Blake3Kernel kernel(int nodes) {
    if (nodes == 1) {
      return scalar;
    }
    return nodes <= narrowLanes ? narrow : wide;
  }
}

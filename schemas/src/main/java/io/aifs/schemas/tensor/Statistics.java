package io.aifs.schemas.tensor;

import java.nio.ByteBuffer;

/**
 * Gathers {@link TensorStatistics} from the bytes of values, which may come in pieces that end
 * anywhere. Booleans count as 0 and 1, and integers of 64 bits as the next double. The deviation of
 * float64 values beyond 1e150 is infinite, since their squares are. For one thread.
 */
public final class Statistics {
  private final ValueBlocks blocks;
  private final Moments moments = new Moments();
  private long count;
  private long nans;
  private long infinities;
  private long zeros;

  public Statistics(ElementType element) {
    this.blocks = new ValueBlocks(element);
  }

  /** Takes the next bytes, from the buffer's position to its limit, which stay where they are. */
  public void add(ByteBuffer bytes) {
    blocks.give(bytes);
    for (int length = blocks.next(); length > 0; length = blocks.next()) {
      add(blocks.values(), length);
    }
  }

  private void add(double[] values, int length) {
    int finite = 0;
    for (int i = 0; i < length; i++) {
      double value = values[i];
      if (Double.isFinite(value)) {
        values[finite++] = value;
        zeros += value == 0 ? 1 : 0;
      } else if (Double.isNaN(value)) {
        nans++;
      } else {
        infinities++;
      }
    }
    count += length;
    moments.add(values, finite);
  }

  /**
   * What is to be said of all bytes so far.
   *
   * @throws IllegalStateException if they end inside a value
   */
  public TensorStatistics result() {
    blocks.requireWhole();
    return new TensorStatistics(
        count,
        nans,
        infinities,
        zeros,
        moments.min(),
        moments.max(),
        moments.mean(),
        moments.deviation(),
        moments.norm());
  }
}

package io.aifs.schemas.tensor;

import java.nio.ByteBuffer;

/**
 * Gathers how two tensors of one type differ from the bytes of their values, which may come in
 * pieces that end anywhere, as long as they are as long on both sides. For one thread.
 */
public final class Comparison {
  private final int width;
  private final ValueBlocks leftBlocks;
  private final ValueBlocks rightBlocks;
  private final Moments moments = new Moments();
  private long changed;

  public Comparison(ElementType element) {
    this.width = element.bytes();
    this.leftBlocks = new ValueBlocks(element);
    this.rightBlocks = new ValueBlocks(element);
  }

  /**
   * Takes the next bytes of both, each from its position to its limit, which stay where they are.
   *
   * @throws IllegalArgumentException if one has more than the other
   */
  public void add(ByteBuffer left, ByteBuffer right) {
    if (left.remaining() != right.remaining()) {
      throw new IllegalArgumentException(
          "there are " + left.remaining() + " bytes to compare with " + right.remaining());
    }
    leftBlocks.give(left);
    rightBlocks.give(right);
    int length = next();
    while (length > 0) {
      add(length);
      length = next();
    }
  }

  /** Goes on in both, whose blocks are alike; a value that is begun is begun in both. */
  private int next() {
    var _ = leftBlocks.next();
    return rightBlocks.next();
  }

  private void add(int length) {
    double[] left = leftBlocks.values();
    double[] right = rightBlocks.values();
    boolean equal = leftBlocks.bits().mismatch(rightBlocks.bits()) < 0;
    int finite = 0;
    for (int i = 0; i < length; i++) {
      if (Double.isFinite(left[i]) && Double.isFinite(right[i])) {
        left[finite++] = right[i] - left[i];
      }
      if (!equal && differs(i)) {
        changed++;
      }
    }
    if (equal) {
      moments.addZeros(finite);
    } else {
      moments.add(left, finite);
    }
  }

  private boolean differs(int value) {
    for (int at = value * width; at < (value + 1) * width; at++) {
      if (leftBlocks.bits().get(at) != rightBlocks.bits().get(at)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What changed; all is 0 where no value is a finite number in both.
   *
   * @throws IllegalStateException if the bytes end inside a value
   */
  public TensorDifference.Change result() {
    leftBlocks.requireWhole();
    boolean none = moments.count() == 0;
    return new TensorDifference.Change(
        none ? 0 : Math.max(Math.abs(moments.min()), Math.abs(moments.max())),
        none ? 0 : moments.mean(),
        moments.norm(),
        changed);
  }
}

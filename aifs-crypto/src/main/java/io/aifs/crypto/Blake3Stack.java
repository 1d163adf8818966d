package io.aifs.crypto;

/**
 * The chaining values of the complete subtrees to the left of what is still to come: one for each
 * bit of the number of groups, so a few dozen however long the content. Not thread-safe.
 */
final class Blake3Stack {
  private static final int DEPTH_MAX = Long.SIZE;

  private final byte[] values = new byte[(DEPTH_MAX + 1) * Blake3Spec.VALUE_BYTES];
  private int depth;
  private long groups;

  long groups() {
    return groups;
  }

  /** Adds the next complete group, which more content follows. */
  void push(Blake3Mode mode, byte[] value, int offset) {
    System.arraycopy(value, offset, values, depth * Blake3Spec.VALUE_BYTES, Blake3Spec.VALUE_BYTES);
    depth++;
    groups++;
    // Two subtrees of one size have become one of twice that for each trailing zero of the count.
    for (long count = groups; (count & 1) == 0; count >>= 1) {
      depth--;
      int left = (depth - 1) * Blake3Spec.VALUE_BYTES;
      Blake3Output.ofParent(mode, values, left).chainingValue(values, left);
    }
  }

  /** The top of the whole tree, when {@code last} is the group that nothing follows. */
  Blake3Output top(Blake3Mode mode, Blake3Output last) {
    Blake3Output top = last;
    byte[] pair = new byte[2 * Blake3Spec.VALUE_BYTES];
    for (int i = depth - 1; i >= 0; i--) {
      System.arraycopy(values, i * Blake3Spec.VALUE_BYTES, pair, 0, Blake3Spec.VALUE_BYTES);
      top.chainingValue(pair, Blake3Spec.VALUE_BYTES);
      top = Blake3Output.ofParent(mode, pair, 0);
    }
    return top;
  }
}

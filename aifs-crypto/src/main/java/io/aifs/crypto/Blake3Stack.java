package io.aifs.crypto;

/**
 * The chaining values of the complete subtrees to the left of what is still to come: one for each
 * bit of the number of chunks, so a few dozen however long the content. Not thread-safe.
 */
final class Blake3Stack {
  private static final int DEPTH_MAX = Long.SIZE;

  private final byte[] values = new byte[(DEPTH_MAX + 1) * Blake3Spec.VALUE_BYTES];
  private int depth;
  private long chunks;

  long groups() {
    return chunks / Blake3Tree.GROUP_CHUNKS;
  }

  /** Adds the next complete group, which more content follows. */
  void push(Blake3Mode mode, byte[] value, int offset) {
    push(mode, value, offset, Blake3Tree.GROUP_LEVEL);
  }

  /**
   * Adds the next subtree of 2^{@code level} chunks, which more content follows. What lies before
   * it is a multiple of as many chunks.
   */
  void push(Blake3Mode mode, byte[] value, int offset, int level) {
    System.arraycopy(value, offset, values, depth * Blake3Spec.VALUE_BYTES, Blake3Spec.VALUE_BYTES);
    depth++;
    chunks += 1L << level;
    // Two subtrees of one size have become one of twice that for each trailing zero of the count.
    for (long count = chunks >> level; (count & 1) == 0; count >>= 1) {
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

package io.aifs.crypto;

/**
 * The shape of the hash tree: the left child of a parent holds the largest power of two of chunks
 * that leaves at least one for the right. So any aligned group of {@link #GROUP_BYTES} is one
 * subtree, and groups pair up as chunks do.
 */
final class Blake3Tree {
  static final int GROUP_BYTES = 64 * 1024;
  static final int GROUP_CHUNKS = GROUP_BYTES / Blake3Spec.CHUNK_BYTES;

  /** A group is a subtree of 2^this chunks. */
  static final int GROUP_LEVEL = Integer.numberOfTrailingZeros(GROUP_CHUNKS);

  private Blake3Tree() {}

  /** Fills {@code out} with the hash of {@code length} bytes. */
  static void hash(
      Blake3Kernel kernel, Blake3Mode mode, byte[] data, int offset, int length, byte[] out) {
    if (length <= GROUP_BYTES) {
      group(kernel, mode, data, offset, length, 0).root(out);
      return;
    }
    int groups = Math.ceilDiv(length, GROUP_BYTES);
    byte[] values = new byte[groups * Blake3Spec.VALUE_BYTES];
    for (int i = 0; i < groups; i++) {
      int start = i * GROUP_BYTES;
      group(kernel, mode, data, offset + start, Math.min(GROUP_BYTES, length - start), i)
          .chainingValue(values, i * Blake3Spec.VALUE_BYTES);
    }
    fold(kernel, mode, values, groups).root(out);
  }

  /** Group number {@code index} of a message: at most {@link #GROUP_BYTES}, 0 only if it is all. */
  static Blake3Output group(
      Blake3Kernel kernel, Blake3Mode mode, byte[] data, int offset, int length, long index) {
    long firstChunk = index * GROUP_CHUNKS;
    if (length <= Blake3Spec.CHUNK_BYTES) {
      return Blake3Output.ofChunk(mode, data, offset, length, firstChunk);
    }
    int whole = length / Blake3Spec.CHUNK_BYTES;
    int rest = length % Blake3Spec.CHUNK_BYTES;
    int chunks = rest == 0 ? whole : whole + 1;
    byte[] values = new byte[chunks * Blake3Spec.VALUE_BYTES];
    kernel.chunks(mode, data, offset, whole, firstChunk, values, 0);
    if (rest > 0) {
      Blake3Output.ofChunk(mode, data, offset + length - rest, rest, firstChunk + whole)
          .chainingValue(values, whole * Blake3Spec.VALUE_BYTES);
    }
    return fold(kernel, mode, values, chunks);
  }

  /** The top of the tree over {@code count} (at least 2) chaining values, which are overwritten. */
  static Blake3Output fold(Blake3Kernel kernel, Blake3Mode mode, byte[] values, int count) {
    int left = count;
    while (left > 2) {
      int pairs = left / 2;
      kernel.parents(mode, values, 0, pairs, 0);
      if (left % 2 == 1) { // the last one has no partner yet and moves up unchanged
        System.arraycopy(
            values,
            (left - 1) * Blake3Spec.VALUE_BYTES,
            values,
            pairs * Blake3Spec.VALUE_BYTES,
            Blake3Spec.VALUE_BYTES);
      }
      left -= pairs;
    }
    return Blake3Output.ofParent(mode, values, 0);
  }
}

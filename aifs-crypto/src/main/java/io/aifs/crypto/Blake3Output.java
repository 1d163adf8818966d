package io.aifs.crypto;

/**
 * A node of the hash tree before its last compression, when it is still open whether the node is
 * the root. Not thread-safe, though reading the outcome twice gives the same.
 */
final class Blake3Output {
  private final int[] value;
  private final byte[] block;
  private final int blockBytes;
  private final long counter;
  private final int flags;

  private Blake3Output(int[] value, byte[] block, int blockBytes, long counter, int flags) {
    this.value = value;
    this.block = block;
    this.blockBytes = blockBytes;
    this.counter = counter;
    this.flags = flags;
  }

  /** Chunk number {@code chunk} of the message: {@code length} bytes, at most a whole chunk. */
  static Blake3Output ofChunk(Blake3Mode mode, byte[] data, int offset, int length, long chunk) {
    int[] state = startState(mode.key);
    int flags = mode.flags | Blake3Spec.CHUNK_START;
    int at = offset;
    int end = offset + length;
    while (end - at > Blake3Spec.BLOCK_BYTES) {
      Blake3Compression.compress(state, data, at, chunk, Blake3Spec.BLOCK_BYTES, flags);
      flags = mode.flags;
      at += Blake3Spec.BLOCK_BYTES;
    }
    byte[] block = new byte[Blake3Spec.BLOCK_BYTES];
    System.arraycopy(data, at, block, 0, end - at);
    return new Blake3Output(state, block, end - at, chunk, flags | Blake3Spec.CHUNK_END);
  }

  /** The parent of the two chaining values that lie at {@code values[offset]}. */
  static Blake3Output ofParent(Blake3Mode mode, byte[] values, int offset) {
    byte[] block = new byte[Blake3Spec.BLOCK_BYTES];
    System.arraycopy(values, offset, block, 0, block.length);
    return new Blake3Output(mode.key, block, block.length, 0, mode.flags | Blake3Spec.PARENT);
  }

  /** Writes the 32 bytes that stand for this node in its parent. */
  void chainingValue(byte[] out, int offset) {
    int[] state = startState(value);
    Blake3Compression.compress(state, block, 0, counter, blockBytes, flags);
    for (int i = 0; i < Blake3Spec.VALUE_WORDS; i++) {
      Blake3Spec.WORD.set(out, offset + i * Integer.BYTES, state[i]);
    }
  }

  /** Fills {@code out} with the output of a tree whose root is this node; any length will do. */
  void root(byte[] out) {
    byte[] words = new byte[Blake3Spec.BLOCK_BYTES];
    long outputBlock = 0;
    for (int at = 0; at < out.length; at += Math.min(words.length, out.length - at)) {
      int[] state = startState(value);
      Blake3Compression.compress(
          state, block, 0, outputBlock++, blockBytes, flags | Blake3Spec.ROOT);
      for (int i = 0; i < state.length; i++) {
        Blake3Spec.WORD.set(words, i * Integer.BYTES, state[i]);
      }
      System.arraycopy(words, 0, out, at, Math.min(words.length, out.length - at));
    }
  }

  private static int[] startState(int[] value) {
    int[] state = new int[Blake3Spec.BLOCK_WORDS];
    System.arraycopy(value, 0, state, 0, Blake3Spec.VALUE_WORDS);
    return state;
  }
}

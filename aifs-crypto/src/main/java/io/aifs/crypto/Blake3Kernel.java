package io.aifs.crypto;

/**
 * Computes the chaining values of many equal nodes at once: the part of BLAKE3 that can be
 * vectorised. Thread-safe. Every implementation passes {@code Blake3KernelContract}.
 */
interface Blake3Kernel {
  /**
   * Writes the chaining values of {@code count} whole chunks, which lie one after another from
   * {@code data[offset]}. The first is chunk number {@code firstChunk} of the message.
   */
  void chunks(
      Blake3Mode mode,
      byte[] data,
      int offset,
      int count,
      long firstChunk,
      byte[] values,
      int valuesOffset);

  /**
   * Pairs up the {@code 2 * count} chaining values at {@code values[offset]} and writes those of
   * their {@code count} parents to {@code values[outOffset]}, which may be anywhere up to {@code
   * offset}: values are read before they are overwritten.
   */
  void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset);
}

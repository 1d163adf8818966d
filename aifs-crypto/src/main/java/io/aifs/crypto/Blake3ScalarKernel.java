package io.aifs.crypto;

/**
 * Plain Java, one node after another: runs everywhere, and finishes what is too short for lanes.
 */
final class Blake3ScalarKernel implements Blake3Kernel {
  @Override
  public void chunks(
      Blake3Mode mode,
      byte[] data,
      int offset,
      int count,
      long firstChunk,
      byte[] values,
      int valuesOffset) {
    for (int i = 0; i < count; i++) {
      int from = offset + i * Blake3Spec.CHUNK_BYTES;
      Blake3Output.ofChunk(mode, data, from, Blake3Spec.CHUNK_BYTES, firstChunk + i)
          .chainingValue(values, valuesOffset + i * Blake3Spec.VALUE_BYTES);
    }
  }

  @Override
  public void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset) {
    for (int i = 0; i < count; i++) {
      Blake3Output.ofParent(mode, values, offset + i * Blake3Spec.BLOCK_BYTES)
          .chainingValue(values, outOffset + i * Blake3Spec.VALUE_BYTES);
    }
  }
}

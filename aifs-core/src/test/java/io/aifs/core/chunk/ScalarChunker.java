package io.aifs.core.chunk;

/** The rules of {@code docs/format/chunking.md}, a byte at a time, as plainly as they are told. */
final class ScalarChunker {
  private final ChunkerParameters parameters;

  ScalarChunker(ChunkerParameters parameters) {
    this.parameters = parameters;
  }

  int cut(byte[] data, int offset, int length) {
    long[] gear = GearTable.words();
    int bits = Integer.numberOfTrailingZeros(parameters.bytesTarget());
    int limit = Math.min(length, parameters.bytesMax());
    long hash = 0;
    for (int i = parameters.bytesMin(); i < limit; i++) {
      hash = (hash << 1) + gear[data[offset + i] & 0xff];
      int zeros = i < parameters.bytesTarget() ? bits + 2 : bits - 2;
      if (Long.numberOfLeadingZeros(hash & Long.MAX_VALUE) > zeros) {
        return i + 1;
      }
    }
    return limit;
  }
}

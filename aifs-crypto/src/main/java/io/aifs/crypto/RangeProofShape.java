package io.aifs.crypto;

/**
 * What the proof of a range consists of, which follows from three numbers alone. The tree's leaves
 * are chunks of 1 KiB. Those that the range touches are computed from its bytes and the rest of
 * their first and last one; the last chunk of all is shown, as nothing else proves the size; all
 * others are hidden in as few whole subtrees as there can be, each a power of two of chunks at a
 * multiple of its length.
 *
 * @param size bytes of the whole content
 * @param offset where the range begins
 * @param length bytes of the range
 */
record RangeProofShape(long size, long offset, long length) {
  /** So far from overflow that nothing here need look out for it. */
  private static final long SIZE_MAX = 1L << 60;

  private static final int CHUNK_BYTES = Blake3Spec.CHUNK_BYTES;

  RangeProofShape {
    if (size < 0 || size > SIZE_MAX) {
      throw new IllegalArgumentException("size is outside 0.." + SIZE_MAX + ": " + size);
    }
    if (offset < 0 || offset > size) {
      throw new IllegalArgumentException("offset is outside 0.." + size + ": " + offset);
    }
    if (length < 0 || length > size - offset) {
      throw new IllegalArgumentException("length is outside 0.." + (size - offset) + ": " + length);
    }
  }

  /** Takes the subtrees of a run of chunks, from left to right. */
  @FunctionalInterface
  interface SubtreeVisitor<E extends Exception> {
    /** A subtree of 2^{@code level} chunks, of which {@code chunk} is the first. */
    void accept(long chunk, int level) throws E;
  }

  /** The last chunk of the content; also of empty content, which has an empty one. */
  long lastChunk() {
    return size == 0 ? 0 : (size - 1) / CHUNK_BYTES;
  }

  /** The first chunk that the range touches. */
  long firstTouched() {
    return offset / CHUNK_BYTES;
  }

  /** The chunk behind the last that the range touches; the first again if it touches none. */
  long endTouched() {
    return Math.ceilDiv(offset + length, CHUNK_BYTES);
  }

  private boolean touchesAny() {
    return firstTouched() < endTouched();
  }

  private boolean touchesLast() {
    return touchesAny() && endTouched() > lastChunk();
  }

  /** Bytes of the first touched chunk that lie before the range. */
  int bytesBefore() {
    return (int) (offset - firstTouched() * CHUNK_BYTES);
  }

  /** Bytes of the last touched chunk that lie behind the range. */
  int bytesAfter() {
    return (int) (Math.min(size, endTouched() * CHUNK_BYTES) - offset - length);
  }

  /** Bytes of the content's last chunk, unless the range touches it. */
  int tailBytes() {
    return touchesLast() ? 0 : (int) (size - lastChunk() * CHUNK_BYTES);
  }

  /** Visits the hidden subtrees before the touched chunks; all of them if none is touched. */
  <E extends Exception> void eachBefore(SubtreeVisitor<E> visitor) throws E {
    each(0, touchesAny() ? firstTouched() : lastChunk(), visitor);
  }

  /** Visits the hidden subtrees between the touched chunks and the last one. */
  <E extends Exception> void eachAfter(SubtreeVisitor<E> visitor) throws E {
    each(touchesAny() ? endTouched() : lastChunk(), lastChunk(), visitor);
  }

  private static <E extends Exception> void each(long from, long end, SubtreeVisitor<E> visitor)
      throws E {
    for (long chunk = from; chunk < end; ) {
      int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - chunk);
      int level = Math.min(fits, Long.numberOfTrailingZeros(chunk));
      visitor.accept(chunk, level);
      chunk += 1L << level;
    }
  }

  /** Bytes of the chaining values of {@link #eachBefore}. */
  int valueBytesBefore() {
    int[] bytes = new int[1];
    eachBefore((chunk, level) -> bytes[0] += Blake3Spec.VALUE_BYTES);
    return bytes[0];
  }

  /** Bytes of the chaining values of {@link #eachAfter}. */
  int valueBytesAfter() {
    int[] bytes = new int[1];
    eachAfter((chunk, level) -> bytes[0] += Blake3Spec.VALUE_BYTES);
    return bytes[0];
  }

  /** Bytes of everything in a proof but its header. */
  int bodyBytes() {
    return valueBytesBefore() + bytesBefore() + bytesAfter() + valueBytesAfter() + tailBytes();
  }
}

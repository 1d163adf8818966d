package io.aifs.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory outside of the heap that grows as bytes are appended, by half of what it is: while it
 * grows there are two copies. For one thread.
 */
final class GrowingMemory {
  private static final long LEAST_BYTES = 1 << 12;

  /** So that values of vectors lie as processors like them. */
  private static final long ALIGNMENT = 64;

  private Arena arena = Arena.ofShared();
  private MemorySegment bytes = MemorySegment.NULL;
  private long length;

  /** With room for a file whose length is known. */
  static GrowingMemory of(long expected) {
    GrowingMemory memory = new GrowingMemory();
    memory.resize(expected);
    return memory;
  }

  long length() {
    return length;
  }

  void append(byte[] source, int offset, int count) {
    if (count > bytes.byteSize() - length) {
      resize(Math.max(Math.max(LEAST_BYTES, length + count), length + length / 2));
    }
    MemorySegment.copy(source, offset, bytes, ValueLayout.JAVA_BYTE, length, count);
    length += count;
  }

  private void resize(long capacity) {
    Arena larger = Arena.ofShared();
    MemorySegment target = larger.allocate(capacity, ALIGNMENT);
    MemorySegment.copy(bytes, 0, target, 0, length);
    arena.close();
    arena = larger;
    bytes = target;
  }

  /** What was appended; nothing may be appended from then on. */
  NativeFile finish() {
    if (bytes.byteSize() > length) {
      resize(length);
    }
    return new NativeFile(arena, bytes.asSlice(0, length));
  }

  /** Frees it, in place of {@link #finish}. */
  void discard() {
    arena.close();
  }
}

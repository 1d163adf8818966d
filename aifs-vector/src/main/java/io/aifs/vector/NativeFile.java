package io.aifs.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A finished file in memory outside of the heap. The directory that lists it and each input that
 * was opened on it hold it; the last that lets go frees the memory, and reads of slices that are
 * still around fail from then on. Thread-safe.
 */
final class NativeFile {
  private final Arena arena;
  private final MemorySegment bytes;
  private int holders = 1;

  /**
   * Held once, by who makes it.
   *
   * @param arena freed with the file
   */
  NativeFile(Arena arena, MemorySegment bytes) {
    this.arena = arena;
    this.bytes = bytes;
  }

  MemorySegment bytes() {
    return bytes;
  }

  long length() {
    return bytes.byteSize();
  }

  synchronized void hold() {
    if (holders == 0) {
      throw new IllegalStateException("the file is freed");
    }
    holders++;
  }

  synchronized void release() {
    holders--;
    if (holders == 0) {
      arena.close();
    }
  }
}

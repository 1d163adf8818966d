package io.aifs.server.vector;

import io.aifs.crypto.ChunkCipher;

/**
 * Where the frames of a sealed file lie.
 *
 * @param length of what is sealed in it
 */
record FrameLayout(long length) {
  static final int FRAME_BYTES = 1 << 20;

  /** Magic, length, and the file's own random id. */
  static final int HEADER_BYTES = 8 + 8 + 16;

  /** The epoch of the key, and what the seal adds. */
  static final int FRAME_OVERHEAD_BYTES = 4 + ChunkCipher.OVERHEAD_BYTES;

  /** More than any disk has: larger lengths are damage. */
  static final long LENGTH_MAX = 1L << 48;

  FrameLayout {
    if (length < 0 || length > LENGTH_MAX) {
      throw new IllegalArgumentException("length is outside 0.." + LENGTH_MAX + ": " + length);
    }
  }

  /** At least one: an empty file has an empty frame, so that its emptiness is sealed too. */
  long frames() {
    return Math.max(1, (length + FRAME_BYTES - 1) / FRAME_BYTES);
  }

  /** How much of what is sealed is in a frame. */
  int plainBytes(long frame) {
    return (int) Math.min(FRAME_BYTES, length - frame * FRAME_BYTES);
  }

  long position(long frame) {
    return HEADER_BYTES + frame * (FRAME_BYTES + FRAME_OVERHEAD_BYTES);
  }

  /** The bytes of the whole file at rest. */
  long sizeAtRest() {
    return HEADER_BYTES + length + frames() * FRAME_OVERHEAD_BYTES;
  }
}

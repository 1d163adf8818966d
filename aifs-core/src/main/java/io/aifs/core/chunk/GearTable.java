package io.aifs.core.chunk;

import io.aifs.crypto.Blake3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 256 pseudo-random words that turn bytes into a rolling hash. Derived, not listed: 2,048 bytes
 * of BLAKE3 {@code derive_key} output for {@link #CONTEXT} and empty key material, read as
 * little-endian words. Every cut ever made depends on it, so it never changes.
 */
final class GearTable {
  static final String CONTEXT = "aifs 2026-11 content-defined chunking gear table v1";

  private GearTable() {}

  static long[] words() {
    byte[] derived = Blake3.deriveKey(CONTEXT, new byte[0], 256 * Long.BYTES);
    long[] words = new long[256];
    ByteBuffer.wrap(derived).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }
}

package io.aifs.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The constants of the BLAKE3 specification, and the byte order it reads words in. */
final class Blake3Spec {
  static final int BLOCK_BYTES = 64;
  static final int CHUNK_BYTES = 1024;
  static final int CHUNK_BLOCKS = CHUNK_BYTES / BLOCK_BYTES;
  static final int KEY_BYTES = 32;

  /** A chaining value: what stands for a subtree in its parent. */
  static final int VALUE_BYTES = 32;

  static final int VALUE_WORDS = VALUE_BYTES / Integer.BYTES;
  static final int BLOCK_WORDS = BLOCK_BYTES / Integer.BYTES;
  static final int ROUNDS = 7;

  static final int CHUNK_START = 1;
  static final int CHUNK_END = 1 << 1;
  static final int PARENT = 1 << 2;
  static final int ROOT = 1 << 3;
  static final int KEYED_HASH = 1 << 4;
  static final int DERIVE_KEY_CONTEXT = 1 << 5;
  static final int DERIVE_KEY_MATERIAL = 1 << 6;

  static final int IV0 = 0x6A09E667;
  static final int IV1 = 0xBB67AE85;
  static final int IV2 = 0x3C6EF372;
  static final int IV3 = 0xA54FF53A;
  static final int IV4 = 0x510E527F;
  static final int IV5 = 0x9B05688C;
  static final int IV6 = 0x1F83D9AB;
  static final int IV7 = 0x5BE0CD19;

  /** Reads and writes little-endian words in byte arrays. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

  private Blake3Spec() {}

  /** Which message word each step of each round takes, times {@code scale}, round after round. */
  static int[] schedule(int scale) {
    int[] schedule = new int[ROUNDS * BLOCK_WORDS];
    for (int step = 0; step < schedule.length; step++) {
      int word = step % BLOCK_WORDS;
      for (int round = step / BLOCK_WORDS; round > 0; round--) {
        word = PERMUTATION[word];
      }
      schedule[step] = word * scale;
    }
    return schedule;
  }
}

package io.aifs.crypto;

/**
 * BLAKE3's compression function in plain Java.
 *
 * <p>Everything stays in local variables, which is twice as fast as a state array: hence one long
 * method with a rolled loop, which the compiler still takes.
 */
final class Blake3Compression {
  private Blake3Compression() {}

  /**
   * Compresses the 64 bytes at {@code block[offset]}, of which {@code blockBytes} count.
   *
   * @param state 16 words; the first eight are the chaining value on entry, all 16 the output after
   */
  static void compress(
      int[] state, byte[] block, int offset, long counter, int blockBytes, int flags) {
    int v0 = state[0];
    int v1 = state[1];
    int v2 = state[2];
    int v3 = state[3];
    int v4 = state[4];
    int v5 = state[5];
    int v6 = state[6];
    int v7 = state[7];
    int v8 = Blake3Spec.IV0;
    int v9 = Blake3Spec.IV1;
    int v10 = Blake3Spec.IV2;
    int v11 = Blake3Spec.IV3;
    int v12 = (int) counter;
    int v13 = (int) (counter >>> Integer.SIZE);
    int v14 = blockBytes;
    int v15 = flags;
    int m0 = (int) Blake3Spec.WORD.get(block, offset);
    int m1 = (int) Blake3Spec.WORD.get(block, offset + 4);
    int m2 = (int) Blake3Spec.WORD.get(block, offset + 8);
    int m3 = (int) Blake3Spec.WORD.get(block, offset + 12);
    int m4 = (int) Blake3Spec.WORD.get(block, offset + 16);
    int m5 = (int) Blake3Spec.WORD.get(block, offset + 20);
    int m6 = (int) Blake3Spec.WORD.get(block, offset + 24);
    int m7 = (int) Blake3Spec.WORD.get(block, offset + 28);
    int m8 = (int) Blake3Spec.WORD.get(block, offset + 32);
    int m9 = (int) Blake3Spec.WORD.get(block, offset + 36);
    int m10 = (int) Blake3Spec.WORD.get(block, offset + 40);
    int m11 = (int) Blake3Spec.WORD.get(block, offset + 44);
    int m12 = (int) Blake3Spec.WORD.get(block, offset + 48);
    int m13 = (int) Blake3Spec.WORD.get(block, offset + 52);
    int m14 = (int) Blake3Spec.WORD.get(block, offset + 56);
    int m15 = (int) Blake3Spec.WORD.get(block, offset + 60);
    for (int round = 0; round < Blake3Spec.ROUNDS; round++) {
      // The columns, then the diagonals, then the message words in their next order.
      v0 += v4 + m0;
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 += v4 + m1;
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 += v5 + m2;
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 += v5 + m3;
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 += v6 + m4;
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 += v6 + m5;
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 += v7 + m6;
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 += v7 + m7;
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 += v5 + m8;
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 += v5 + m9;
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 += v6 + m10;
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 += v6 + m11;
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 += v7 + m12;
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 += v7 + m13;
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 += v4 + m14;
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 += v4 + m15;
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
      int first0 = m0;
      m0 = m2;
      m2 = m3;
      m3 = m10;
      m10 = m12;
      m12 = m9;
      m9 = m11;
      m11 = m5;
      m5 = first0;
      int first1 = m1;
      m1 = m6;
      m6 = m4;
      m4 = m7;
      m7 = m13;
      m13 = m14;
      m14 = m15;
      m15 = m8;
      m8 = first1;
    }
    state[8] = v8 ^ state[0];
    state[0] = v0 ^ v8;
    state[9] = v9 ^ state[1];
    state[1] = v1 ^ v9;
    state[10] = v10 ^ state[2];
    state[2] = v2 ^ v10;
    state[11] = v11 ^ state[3];
    state[3] = v3 ^ v11;
    state[12] = v12 ^ state[4];
    state[4] = v4 ^ v12;
    state[13] = v13 ^ state[5];
    state[5] = v5 ^ v13;
    state[14] = v14 ^ state[6];
    state[6] = v6 ^ v14;
    state[15] = v15 ^ state[7];
    state[7] = v7 ^ v15;
  }
}

package io.aifs.crypto;

import java.nio.charset.StandardCharsets;

/** One of BLAKE3's three modes: the key words every node starts from, and the flags it carries. */
final class Blake3Mode {
  /** Plain hashing. */
  static final Blake3Mode HASH =
      new Blake3Mode(
          new int[] {
            Blake3Spec.IV0,
            Blake3Spec.IV1,
            Blake3Spec.IV2,
            Blake3Spec.IV3,
            Blake3Spec.IV4,
            Blake3Spec.IV5,
            Blake3Spec.IV6,
            Blake3Spec.IV7
          },
          0);

  /** Eight words. Never written to after construction. */
  final int[] key;

  final int flags;

  private Blake3Mode(int[] key, int flags) {
    this.key = key;
    this.flags = flags;
  }

  /** Keyed hashing under {@code key} of 32 bytes, which is copied. */
  static Blake3Mode keyed(byte[] key) {
    if (key.length != Blake3Spec.KEY_BYTES) {
      throw new IllegalArgumentException(
          "key is not " + Blake3Spec.KEY_BYTES + " bytes: " + key.length);
    }
    return new Blake3Mode(words(key), Blake3Spec.KEYED_HASH);
  }

  /** Key derivation for {@code context}, which says what the key is for. */
  static Blake3Mode deriving(String context) {
    byte[] bytes = context.getBytes(StandardCharsets.UTF_8);
    Blake3Mode contextMode = new Blake3Mode(HASH.key, Blake3Spec.DERIVE_KEY_CONTEXT);
    byte[] contextKey = new byte[Blake3Spec.KEY_BYTES];
    Blake3Tree.hash(Blake3Kernels.BEST, contextMode, bytes, 0, bytes.length, contextKey);
    return new Blake3Mode(words(contextKey), Blake3Spec.DERIVE_KEY_MATERIAL);
  }

  private static int[] words(byte[] key) {
    int[] words = new int[Blake3Spec.VALUE_WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) Blake3Spec.WORD.get(key, i * Integer.BYTES);
    }
    return words;
  }
}

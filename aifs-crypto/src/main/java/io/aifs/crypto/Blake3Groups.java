package io.aifs.crypto;

import java.util.Objects;

/**
 * Digests by way of their aligned groups of {@link Hasher#GROUP_BYTES}: group by group in any
 * order, or on several threads, and then their root. Thread-safe.
 */
public final class Blake3Groups {
  private static final long INDEX_MAX = Long.MAX_VALUE / Blake3Tree.GROUP_BYTES;

  private Blake3Groups() {}

  /**
   * The chaining value of a group: 32 bytes that depend on the group's bytes and place.
   *
   * @param length {@link Hasher#GROUP_BYTES}, or less, down to 1, for the last group of content
   * @throws IllegalArgumentException if {@code length} or {@code groupIndex} is out of range
   */
  public static byte[] groupChainingValue(byte[] data, int offset, int length, long groupIndex) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (length < 1 || length > Blake3Tree.GROUP_BYTES) {
      throw new IllegalArgumentException(
          "length is outside 1.." + Blake3Tree.GROUP_BYTES + ": " + length);
    }
    if (groupIndex < 0 || groupIndex > INDEX_MAX) {
      throw new IllegalArgumentException(
          "groupIndex is outside 0.." + INDEX_MAX + ": " + groupIndex);
    }
    byte[] value = new byte[Blake3Spec.VALUE_BYTES];
    Blake3Tree.group(Blake3Kernels.BEST, Blake3Mode.HASH, data, offset, length, groupIndex)
        .chainingValue(value, 0);
    return value;
  }

  /**
   * The digest of content whose groups have these chaining values, as {@link
   * Hasher#groupChainingValues} gives them. Leaves the array alone.
   *
   * @throws IllegalArgumentException if these are not at least two values of 32 bytes: content of
   *     one group has no chaining values
   */
  public static Digest root(byte[] chainingValues) {
    int count = chainingValues.length / Blake3Spec.VALUE_BYTES;
    if (count < 2 || chainingValues.length % Blake3Spec.VALUE_BYTES != 0) {
      throw new IllegalArgumentException(
          "chainingValues is not two or more values of "
              + Blake3Spec.VALUE_BYTES
              + " bytes: "
              + chainingValues.length
              + " bytes");
    }
    byte[] out = new byte[Digest.BYTES];
    Blake3Tree.fold(Blake3Kernels.BEST, Blake3Mode.HASH, chainingValues.clone(), count).root(out);
    return Digest.fromBytes(out);
  }
}

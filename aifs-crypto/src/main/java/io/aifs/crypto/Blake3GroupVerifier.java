package io.aifs.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * Checks single groups of content against its digest, without the rest of the content. Immutable
 * and thread-safe.
 */
public final class Blake3GroupVerifier {
  private final Digest digest;
  private final long contentBytes;
  private final byte[] chainingValues;

  /**
   * A verifier for content of {@code contentBytes} bytes.
   *
   * @param chainingValues as {@link Hasher#groupChainingValues} gave them; copied
   * @throws IllegalArgumentException if they do not belong to content of this digest and length:
   *     they are damaged or of something else, and nothing can be checked with them
   */
  public Blake3GroupVerifier(Digest digest, long contentBytes, byte[] chainingValues) {
    if (contentBytes < 0) {
      throw new IllegalArgumentException("contentBytes is negative: " + contentBytes);
    }
    long groups = Math.ceilDiv(contentBytes, Blake3Tree.GROUP_BYTES);
    long expectedBytes = groups < 2 ? 0 : groups * Blake3Spec.VALUE_BYTES;
    if (chainingValues.length != expectedBytes) {
      throw new IllegalArgumentException(
          "chainingValues of %d bytes of content is not %d bytes: %d"
              .formatted(contentBytes, expectedBytes, chainingValues.length));
    }
    if (expectedBytes > 0 && !Blake3Groups.root(chainingValues).equals(digest)) {
      throw new IllegalArgumentException("chainingValues do not lead to digest " + digest);
    }
    this.digest = digest;
    this.contentBytes = contentBytes;
    this.chainingValues = chainingValues.clone();
  }

  /**
   * Whether {@code length} bytes at {@code data[offset]} are exactly group {@code groupIndex}.
   *
   * @throws IndexOutOfBoundsException if the content has no such group
   */
  public boolean verify(long groupIndex, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (chainingValues.length == 0) {
      Objects.checkIndex(groupIndex, 1L);
      return length == contentBytes && Digest.of(data, offset, length).equals(digest);
    }
    Objects.checkIndex(groupIndex, (long) chainingValues.length / Blake3Spec.VALUE_BYTES);
    long start = groupIndex * Blake3Tree.GROUP_BYTES;
    if (length != Math.min(Blake3Tree.GROUP_BYTES, contentBytes - start)) {
      return false;
    }
    byte[] value = Blake3Groups.groupChainingValue(data, offset, length, groupIndex);
    int at = (int) groupIndex * Blake3Spec.VALUE_BYTES;
    return Arrays.equals(value, 0, value.length, chainingValues, at, at + value.length);
  }
}

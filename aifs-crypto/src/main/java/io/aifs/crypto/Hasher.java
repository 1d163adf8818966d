package io.aifs.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * Digests content that arrives in pieces. Not thread-safe.
 *
 * <p>{@link #finish} and {@link #groupChainingValues} speak of the bytes so far and change nothing:
 * they may be called again and give the same, and {@link #update} may follow. Memory is one group
 * and 32 bytes for every group of content (0.05 %).
 */
public final class Hasher {
  /** Bytes of a group; groups begin at multiples of it, and the last may be shorter. */
  public static final int GROUP_BYTES = Blake3Tree.GROUP_BYTES;

  private static final int PENDING_BYTES_MIN = 1024;
  private static final int GROUPS_MIN = 16;
  private static final int GROUPS_MAX = Integer.MAX_VALUE / Blake3Spec.VALUE_BYTES - 1;

  private final Blake3Kernel kernel;
  private byte[] values = new byte[0];
  private int groups;

  /** The bytes after the last complete group that is known not to be the last. */
  private byte[] pending = new byte[0];

  private int pendingBytes;

  /** A hasher that has seen nothing. */
  public Hasher() {
    this(Blake3Kernels.BEST);
  }

  Hasher(Blake3Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Takes in {@code length} bytes of {@code data}, from {@code offset} on.
   *
   * @throws IllegalStateException if the content grows beyond 4 TiB
   */
  public void update(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    int at = offset;
    int left = length;
    while (left > 0) {
      if (pendingBytes == GROUP_BYTES) {
        addGroup(pending, 0);
        pendingBytes = 0;
      }
      if (pendingBytes == 0 && left > GROUP_BYTES) {
        addGroup(data, at);
        at += GROUP_BYTES;
        left -= GROUP_BYTES;
      } else {
        int taken = Math.min(left, GROUP_BYTES - pendingBytes);
        keep(data, at, taken);
        at += taken;
        left -= taken;
      }
    }
  }

  /** How many bytes were taken in. */
  public long length() {
    return (long) groups * GROUP_BYTES + pendingBytes;
  }

  /** The digest of all bytes so far. */
  public Digest finish() {
    byte[] out = new byte[Digest.BYTES];
    if (groups == 0) {
      lastGroup().root(out);
    } else {
      Blake3Tree.fold(kernel, Blake3Mode.HASH, groupChainingValues(), groups + 1).root(out);
    }
    return Digest.fromBytes(out);
  }

  /**
   * The chaining values of the groups so far, 32 bytes each, in order: what {@link
   * Blake3GroupVerifier} needs to check a group without the others. Empty for content of up to
   * {@link #GROUP_BYTES}, whose only group is checked by its digest.
   */
  public byte[] groupChainingValues() {
    if (groups == 0) {
      return new byte[0];
    }
    byte[] all = Arrays.copyOf(values, (groups + 1) * Blake3Spec.VALUE_BYTES);
    lastGroup().chainingValue(all, groups * Blake3Spec.VALUE_BYTES);
    return all;
  }

  private Blake3Output lastGroup() {
    return Blake3Tree.group(kernel, Blake3Mode.HASH, pending, 0, pendingBytes, groups);
  }

  private void addGroup(byte[] data, int offset) {
    if (groups == GROUPS_MAX) {
      throw new IllegalStateException("content is longer than 4 TiB: split it");
    }
    int valuesBytes = (groups + 1) * Blake3Spec.VALUE_BYTES;
    if (valuesBytes > values.length) {
      int capacity = Math.clamp(2L * groups, GROUPS_MIN, GROUPS_MAX);
      values = Arrays.copyOf(values, capacity * Blake3Spec.VALUE_BYTES);
    }
    Blake3Tree.group(kernel, Blake3Mode.HASH, data, offset, GROUP_BYTES, groups)
        .chainingValue(values, groups * Blake3Spec.VALUE_BYTES);
    groups++;
  }

  private void keep(byte[] data, int offset, int length) {
    int needed = pendingBytes + length;
    if (needed > pending.length) {
      int capacity = Math.clamp(2L * needed, PENDING_BYTES_MIN, GROUP_BYTES);
      pending = Arrays.copyOf(pending, capacity);
    }
    System.arraycopy(data, offset, pending, pendingBytes, length);
    pendingBytes = needed;
  }
}

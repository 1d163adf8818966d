package io.aifs.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * Digests content that arrives in pieces. Not thread-safe.
 *
 * <p>{@link #finish} and {@link #groupChainingValues} speak of the bytes so far and change nothing:
 * they may be called again and give the same, and {@link #update} may follow. Memory is one group
 * and 32 bytes for every group (0.05 %) that {@link #takeGroupChainingValues} has not taken; {@link
 * #digestOnly} keeps none.
 */
public final class Hasher {
  /** Bytes of a group; groups begin at multiples of it, and the last may be shorter. */
  public static final int GROUP_BYTES = Blake3Tree.GROUP_BYTES;

  private static final int PENDING_BYTES_MIN = 1024;
  private static final int GROUPS_MIN = 16;
  private static final int KEPT_MAX = Integer.MAX_VALUE / Blake3Spec.VALUE_BYTES - 1;

  private final Blake3Kernel kernel;
  private final boolean keeping;
  private final Blake3Stack stack = new Blake3Stack();

  /** Values of complete groups that were not taken yet. */
  private byte[] values = new byte[0];

  private int kept;
  private boolean taken;

  /** The bytes after the last complete group that is known not to be the last. */
  private byte[] pending = new byte[0];

  private int pendingBytes;

  /** A hasher that has seen nothing. */
  public Hasher() {
    this(Blake3Kernels.BEST);
  }

  Hasher(Blake3Kernel kernel) {
    this(kernel, true);
  }

  private Hasher(Blake3Kernel kernel, boolean keeping) {
    this.kernel = kernel;
    this.keeping = keeping;
  }

  /** A hasher for the digest alone: its memory does not grow with the content. */
  public static Hasher digestOnly() {
    return new Hasher(Blake3Kernels.BEST, false);
  }

  /**
   * Takes in {@code length} bytes of {@code data}, from {@code offset} on.
   *
   * @throws IllegalStateException if values of over 4 TiB of content are kept, and none were taken
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
    return stack.groups() * GROUP_BYTES + pendingBytes;
  }

  /** The digest of all bytes so far. */
  public Digest finish() {
    byte[] out = new byte[Digest.BYTES];
    stack.top(Blake3Mode.HASH, lastGroup()).root(out);
    return Digest.fromBytes(out);
  }

  /**
   * The chaining values of the groups so far, 32 bytes each, in order: what {@link
   * Blake3GroupVerifier} needs to check a group without the others. Empty for content of up to
   * {@link #GROUP_BYTES}, whose only group is checked by its digest.
   *
   * @throws IllegalStateException if this hasher keeps none, or some were taken
   */
  public byte[] groupChainingValues() {
    if (!keeping || taken) {
      throw new IllegalStateException("chaining values are not kept, or were taken");
    }
    if (stack.groups() == 0) {
      return new byte[0];
    }
    byte[] all = Arrays.copyOf(values, (kept + 1) * Blake3Spec.VALUE_BYTES);
    lastGroup().chainingValue(all, kept * Blake3Spec.VALUE_BYTES);
    return all;
  }

  /**
   * Hands over the chaining values of groups that were completed since the last call, and forgets
   * them, so that memory does not grow. With {@code end}, when no {@link #update} will follow, that
   * of the last group is among them, unless it is the only one.
   */
  public byte[] takeGroupChainingValues(boolean end) {
    boolean withLast = end && stack.groups() > 0;
    byte[] out = Arrays.copyOf(values, (kept + (withLast ? 1 : 0)) * Blake3Spec.VALUE_BYTES);
    if (withLast) {
      lastGroup().chainingValue(out, kept * Blake3Spec.VALUE_BYTES);
    }
    kept = 0;
    taken = true;
    return out;
  }

  private Blake3Output lastGroup() {
    return Blake3Tree.group(kernel, Blake3Mode.HASH, pending, 0, pendingBytes, stack.groups());
  }

  private void addGroup(byte[] data, int offset) {
    byte[] value = new byte[Blake3Spec.VALUE_BYTES];
    Blake3Tree.group(kernel, Blake3Mode.HASH, data, offset, GROUP_BYTES, stack.groups())
        .chainingValue(value, 0);
    stack.push(Blake3Mode.HASH, value, 0);
    if (keeping) {
      keepValue(value);
    }
  }

  private void keepValue(byte[] value) {
    if (kept == KEPT_MAX) {
      throw new IllegalStateException("chaining values of over 4 TiB are kept: take them earlier");
    }
    if ((kept + 1) * Blake3Spec.VALUE_BYTES > values.length) {
      int capacity = Math.clamp(2L * kept, GROUPS_MIN, KEPT_MAX);
      values = Arrays.copyOf(values, capacity * Blake3Spec.VALUE_BYTES);
    }
    System.arraycopy(value, 0, values, kept * Blake3Spec.VALUE_BYTES, value.length);
    kept++;
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

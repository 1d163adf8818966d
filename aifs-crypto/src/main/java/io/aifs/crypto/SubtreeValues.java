package io.aifs.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The chaining values of neighbouring nodes of one level, and of all whole subtrees over them:
 * twice the memory of the nodes alone. Immutable and thread-safe.
 */
final class SubtreeValues {
  private static final int VALUE_BYTES = Blake3Spec.VALUE_BYTES;

  /** Each holds half as many values as the one before, rounded down. */
  private final List<byte[]> levels = new ArrayList<>();

  private final long bytes;

  /**
   * @param values one or more; kept, not copied
   */
  SubtreeValues(byte[] values) {
    long total = values.length;
    levels.add(values);
    byte[] below = values;
    for (int pairs = below.length / VALUE_BYTES / 2; pairs > 0; pairs /= 2) {
      byte[] parents = Arrays.copyOf(below, 2 * pairs * VALUE_BYTES);
      Blake3Kernels.BEST.parents(Blake3Mode.HASH, parents, 0, pairs, 0);
      below = Arrays.copyOf(parents, pairs * VALUE_BYTES);
      levels.add(below);
      total += below.length;
    }
    bytes = total;
  }

  /** Copies the value of a subtree over 2^{@code level} nodes, the {@code index}th of its level. */
  void copy(int level, int index, byte[] out, int offset) {
    System.arraycopy(levels.get(level), index * VALUE_BYTES, out, offset, VALUE_BYTES);
  }

  /** Writes the value of the subtree over all nodes, which need not be a power of two. */
  void copyAll(byte[] out, int offset) {
    if (levels.size() == 1) {
      copy(0, 0, out, offset);
    } else {
      top().chainingValue(out, offset);
    }
  }

  /** The digest of content that these two or more nodes are all of. */
  Digest root() {
    byte[] root = new byte[Digest.BYTES];
    top().root(root);
    return Digest.fromBytes(root);
  }

  private Blake3Output top() {
    byte[] nodes = levels.getFirst();
    return Blake3Tree.fold(
        Blake3Kernels.BEST, Blake3Mode.HASH, nodes.clone(), nodes.length / VALUE_BYTES);
  }

  long bytes() {
    return bytes;
  }
}

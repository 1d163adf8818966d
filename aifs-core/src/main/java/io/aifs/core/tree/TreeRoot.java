package io.aifs.core.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * The root of a snapshot tree. Two trees with the same entries have equal roots, however they came
 * about.
 *
 * @param node digest of the root node's bytes: where it is stored, and what binds everything below,
 *     attributes too
 * @param merkle Merkle digest of the entries' content: the same for trees that differ only in
 *     attributes
 * @param entries how many there are
 * @param bytes content bytes over all entries
 * @param longestPath length in bytes of the longest path
 */
public record TreeRoot(Digest node, Digest merkle, long entries, long bytes, int longestPath) {
  /** The root of no entries; its node is never stored. */
  public static final TreeRoot EMPTY =
      new TreeRoot(Digest.of(new byte[0]), Digest.of(new byte[0]), 0, 0, 0);

  public TreeRoot {
    requireNonNull(node, "node is null");
    requireNonNull(merkle, "merkle is null");
    if (entries < 0 || bytes < 0 || longestPath < 0) {
      throw new IllegalArgumentException("a sum is negative");
    }
  }

  public boolean isEmpty() {
    return entries == 0;
  }
}

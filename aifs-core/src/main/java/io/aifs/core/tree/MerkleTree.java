package io.aifs.core.tree;

import io.aifs.core.model.PathEntry;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The binary hash tree over the entries of a node, split as in RFC 6962: the left part has the
 * largest power of two of leaves that leaves one or more for the right. Different first bytes keep
 * entries, nodes of the level below and inner hashes apart.
 */
public final class MerkleTree {
  private static final byte ENTRY = 0;
  private static final byte INNER = 1;
  private static final byte CHILD = 2;

  private MerkleTree() {}

  /** The leaf of an entry; it covers path and content, and no attributes. */
  public static Digest leaf(PathEntry entry) {
    return Digest.of(EntryContent.encode(ENTRY, entry));
  }

  /**
   * The leaf of a node of the level below. It covers no path, so that a proof shows none.
   *
   * @param level of the node
   * @param merkle the node's Merkle digest
   */
  public static Digest leaf(int level, Digest merkle) {
    byte[] bytes = new byte[2 + Digest.BYTES];
    bytes[0] = CHILD;
    bytes[1] = (byte) level;
    merkle.writeTo(bytes, 2);
    return Digest.of(bytes);
  }

  /** The leaves of a node, in order. */
  public static List<Digest> leaves(TreeNode node) {
    return switch (node) {
      case TreeNode.Leaf leaf -> leaf.entries().stream().map(MerkleTree::leaf).toList();
      case TreeNode.Inner inner ->
          inner.children().stream()
              .map(child -> leaf(inner.level() - 1, child.node().merkle()))
              .toList();
    };
  }

  /** The digest over one or more leaves; of one, it is the leaf itself. */
  public static Digest root(List<Digest> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = split(leaves.size());
    return join(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /** The hashes beside the way from leaf {@code index} up to the root, lowest first. */
  public static List<Digest> siblings(List<Digest> leaves, int index) {
    Objects.checkIndex(index, leaves.size());
    List<Digest> siblings = new ArrayList<>();
    collect(leaves, index, siblings);
    return List.copyOf(siblings);
  }

  private static void collect(List<Digest> leaves, int index, List<Digest> siblings) {
    if (leaves.size() == 1) {
      return;
    }
    int split = split(leaves.size());
    List<Digest> left = leaves.subList(0, split);
    List<Digest> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collect(left, index, siblings);
      siblings.add(root(right));
    } else {
      collect(right, index - split, siblings);
      siblings.add(root(left));
    }
  }

  /** Which {@link #siblings} of leaf {@code index} stand left of the way: bit 0 is the lowest. */
  public static int lefts(int index, int count) {
    int lefts = 0;
    int at = index;
    for (int left = count; left > 1; ) {
      int split = split(left);
      boolean isLeft = at >= split;
      lefts = lefts << 1 | (isLeft ? 1 : 0);
      at -= isLeft ? split : 0;
      left = isLeft ? left - split : split;
    }
    return lefts;
  }

  /** The root that {@code leaf} gives with what stands beside its way. */
  static Digest rootFrom(Digest leaf, int lefts, List<Digest> siblings) {
    Digest hash = leaf;
    for (int i = 0; i < siblings.size(); i++) {
      boolean isLeft = (lefts >> i & 1) != 0;
      hash = isLeft ? join(siblings.get(i), hash) : join(hash, siblings.get(i));
    }
    return hash;
  }

  private static Digest join(Digest left, Digest right) {
    byte[] bytes = new byte[1 + 2 * Digest.BYTES];
    bytes[0] = INNER;
    left.writeTo(bytes, 1);
    right.writeTo(bytes, 1 + Digest.BYTES);
    return Digest.of(bytes);
  }

  /** The largest power of two below {@code count}, which is 2 or more. */
  private static int split(int count) {
    return Integer.highestOneBit(count - 1);
  }
}

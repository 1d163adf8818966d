package io.aifs.core.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/**
 * A node's bytes, and how the level above names it. The array is the node's own; it is not copied.
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to a record writer; never compared
public record EncodedNode(ChildRef ref, byte[] bytes) {
  public EncodedNode {
    requireNonNull(ref, "ref is null");
    requireNonNull(bytes, "bytes is null");
  }

  /**
   * Encodes a node and computes its digests and sums.
   *
   * @throws IllegalArgumentException if it is no node: empty, out of order or too large
   */
  public static EncodedNode of(TreeNode node) {
    byte[] bytes = TreeNodeCodec.encode(node);
    Digest id = Digest.of(bytes);
    Digest merkle = MerkleTree.root(MerkleTree.leaves(node));
    return new EncodedNode(
        switch (node) {
          case TreeNode.Leaf leaf -> leafRef(leaf, id, merkle);
          case TreeNode.Inner inner -> innerRef(inner, id, merkle);
        },
        bytes);
  }

  private static ChildRef leafRef(TreeNode.Leaf leaf, Digest id, Digest merkle) {
    long bytes = 0;
    int longestPath = 0;
    for (PathEntry entry : leaf.entries()) {
      bytes = Math.addExact(bytes, EntryContent.bytes(entry.entry()));
      longestPath = Math.max(longestPath, entry.path().toUtf8().length);
    }
    TreePath first = leaf.entries().getFirst().path();
    return new ChildRef(first, new TreeRoot(id, merkle, leaf.entries().size(), bytes, longestPath));
  }

  private static ChildRef innerRef(TreeNode.Inner inner, Digest id, Digest merkle) {
    long entries = 0;
    long bytes = 0;
    int longestPath = 0;
    for (ChildRef child : inner.children()) {
      entries = Math.addExact(entries, child.node().entries());
      bytes = Math.addExact(bytes, child.node().bytes());
      longestPath = Math.max(longestPath, child.node().longestPath());
    }
    TreePath first = inner.children().getFirst().first();
    return new ChildRef(first, new TreeRoot(id, merkle, entries, bytes, longestPath));
  }
}

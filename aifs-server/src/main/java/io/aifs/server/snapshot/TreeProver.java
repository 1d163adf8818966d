package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.MerkleTree;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves that entries are in a tree. */
public final class TreeProver {
  private TreeProver() {}

  /** What is shown of a path: the entry, attributes too, which the proof does not cover. */
  public record Proven(PathEntry entry, InclusionProof proof) {}

  /** The proof of the entry at {@code path}; empty if there is none, which cannot be proven. */
  public static Optional<Proven> prove(NodeSource nodes, TreeRoot root, TreePath path) {
    if (root.isEmpty()) {
      return Optional.empty();
    }
    byte[] key = path.toUtf8();
    List<InclusionProof.Step> steps = new ArrayList<>();
    TreeNode node = nodes.get(root.node());
    while (node instanceof TreeNode.Inner inner) {
      int at = StoredNodes.floor(inner.children(), key);
      ChildRef child = inner.children().get(at);
      steps.add(step(inner, at));
      node = StoredNodes.child(nodes, inner, child);
    }
    List<PathEntry> entries = StoredNodes.leaf(node).entries();
    int at = StoredNodes.ceiling(entries, key);
    if (at == entries.size() || !entries.get(at).path().equals(path)) {
      return Optional.empty();
    }
    steps.add(step(node, at));
    return Optional.of(new Proven(entries.get(at), new InclusionProof(steps.reversed())));
  }

  private static InclusionProof.Step step(TreeNode node, int index) {
    List<Digest> leaves = MerkleTree.leaves(node);
    return new InclusionProof.Step(
        MerkleTree.lefts(index, leaves.size()), MerkleTree.siblings(leaves, index));
  }
}

package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.EncodedNode;
import io.aifs.core.tree.NodeShape;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Recomputes trees from their nodes and reports whatever is not as it must be. A node that several
 * trees share in the same place is checked once. Memory is what {@code checked} takes, and the way
 * down. Not thread-safe.
 */
public final class TreeCheck {
  private static final int UNKNOWN_LEVEL = -1;

  private final NodeSource nodes;
  private final Set<Digest> checked;
  private final Consumer<TreeProblem> problems;
  private final Consumer<TreeNode.Leaf> leaves;

  /**
   * @param checked what needs no further look, one digest for every node: kept by the caller who
   *     checks many trees
   * @param problems told of each problem once
   * @param leaves shown each leaf that was read
   */
  public TreeCheck(
      NodeSource nodes,
      Set<Digest> checked,
      Consumer<TreeProblem> problems,
      Consumer<TreeNode.Leaf> leaves) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.checked = requireNonNull(checked, "checked is null");
    this.problems = requireNonNull(problems, "problems is null");
    this.leaves = requireNonNull(leaves, "leaves is null");
  }

  /**
   * What is claimed of a node by where it was found.
   *
   * @param first empty for a root
   * @param end the first path behind it; empty if it is the last of its level
   */
  private record Claim(int level, Optional<TreePath> first, Optional<TreePath> end, TreeRoot node) {
    Digest id() {
      return node.node();
    }

    boolean isRoot() {
      return first.isEmpty();
    }

    /** Names the claim among all that were checked; no path has a NUL. */
    Digest digest() {
      String claim = level + "\0" + shown(first) + "\0" + shown(end) + "\0" + node;
      return Digest.of(claim.getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(Optional<TreePath> path) {
      return path.map(TreePath::value).orElse("");
    }
  }

  /** Checks a whole tree. */
  public void check(TreeRoot root) {
    if (root.isEmpty()) {
      if (!root.equals(TreeRoot.EMPTY)) {
        problems.accept(
            new TreeProblem(
                TreeProblem.Kind.SUMS, root.node(), "The root of no entries is not the empty one"));
      }
      return;
    }
    check(new Claim(UNKNOWN_LEVEL, Optional.empty(), Optional.empty(), root));
  }

  private void check(Claim claim) {
    if (!checked.add(claim.digest())) {
      return;
    }
    TreeNode node;
    try {
      node = nodes.get(claim.id());
    } catch (AifsException.Corrupt e) {
      report(TreeProblem.Kind.UNREADABLE, claim, String.valueOf(e.getMessage()));
      return;
    }
    if (!claim.isRoot() && node.level() != claim.level()) {
      report(
          TreeProblem.Kind.LEVEL,
          claim,
          "The node is of level " + node.level() + " instead of " + claim.level());
      return;
    }
    checkDigests(claim, node);
    switch (node) {
      case TreeNode.Leaf leaf -> {
        checkItems(claim, new NodeKind.Leaves(), leaf);
        leaves.accept(leaf);
      }
      case TreeNode.Inner inner -> {
        checkItems(claim, new NodeKind.Inners(inner.level()), inner);
        checkChildren(claim, inner);
      }
    }
  }

  private void checkDigests(Claim claim, TreeNode node) {
    EncodedNode encoded = EncodedNode.of(node);
    TreeRoot actual = encoded.ref().node();
    if (!actual.node().equals(claim.id())) {
      report(TreeProblem.Kind.ID, claim, "The node's digest is " + actual.node());
    }
    if (!actual.merkle().equals(claim.node().merkle())) {
      report(
          TreeProblem.Kind.MERKLE,
          claim,
          "The Merkle digest is " + actual.merkle() + " instead of " + claim.node().merkle());
    }
    if (!TreeSums.of(actual).equals(TreeSums.of(claim.node()))) {
      report(
          TreeProblem.Kind.SUMS,
          claim,
          "The sums are " + TreeSums.of(actual) + " instead of " + TreeSums.of(claim.node()));
    }
  }

  private <T> void checkItems(Claim claim, NodeKind<T> kind, TreeNode node) {
    List<T> items = kind.items(node);
    TreePath first = kind.path(items.getFirst());
    TreePath last = kind.path(items.getLast());
    if (!claim.isRoot() && !claim.first().equals(Optional.of(first))) {
      report(TreeProblem.Kind.RANGE, claim, "The first path is not the one its parent names");
    }
    if (claim.end().filter(end -> last.compareTo(end) >= 0).isPresent()) {
      report(TreeProblem.Kind.RANGE, claim, "The last path is behind the start of the next node");
    }
    NodeShape shape = new NodeShape(kind.level());
    for (int i = 0; i < items.size(); i++) {
      boolean isLast = i == items.size() - 1;
      byte[] key = kind.path(items.get(i)).toUtf8();
      boolean ends = shape.endsAfter(key, kind.weight(key.length, items.get(i)));
      if (ends && !isLast) {
        report(TreeProblem.Kind.SHAPE, claim, "The node should end behind entry " + i);
        return;
      }
      if (!ends && isLast && claim.end().isPresent()) {
        report(TreeProblem.Kind.SHAPE, claim, "The node should not end where it does");
      }
    }
  }

  private void checkChildren(Claim claim, TreeNode.Inner inner) {
    List<ChildRef> children = inner.children();
    if (claim.isRoot() && children.size() == 1) {
      report(
          TreeProblem.Kind.LEVEL, claim, "The root has a single child, which should be the root");
    }
    for (int i = 0; i < children.size(); i++) {
      ChildRef child = children.get(i);
      Optional<TreePath> end =
          i + 1 < children.size() ? Optional.of(children.get(i + 1).first()) : claim.end();
      check(new Claim(inner.level() - 1, Optional.of(child.first()), end, child.node()));
    }
  }

  private void report(TreeProblem.Kind kind, Claim claim, String message) {
    problems.accept(new TreeProblem(kind, claim.id(), message));
  }
}

package io.aifs.core.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreePath;

/**
 * A node as the level above names it.
 *
 * @param first the first path below it
 * @param node its digests and sums
 */
public record ChildRef(TreePath first, TreeRoot node) {
  public ChildRef {
    requireNonNull(first, "first is null");
    requireNonNull(node, "node is null");
  }
}

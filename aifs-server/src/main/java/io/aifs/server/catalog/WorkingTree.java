package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import java.util.OptionalLong;

/**
 * One tree of a working state: overlays on a snapshot tree.
 *
 * @param layer number of the overlay that takes changes
 * @param ranges whether it may have rows about ranges
 * @param frozen number of the overlay below it, which is being made into tree nodes
 * @param frozenRanges whether that may have rows about ranges
 * @param root the tree below them
 */
public record WorkingTree(
    Name branch,
    TreePart part,
    long layer,
    boolean ranges,
    OptionalLong frozen,
    boolean frozenRanges,
    TreeRoot root) {
  /** Whether anything may show but what rows of the overlay that takes changes hold themselves. */
  public boolean hasLower() {
    return frozen.isPresent() || !root.isEmpty() || ranges;
  }
}

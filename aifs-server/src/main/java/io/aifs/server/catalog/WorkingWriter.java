package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;

/** Replaces overlays of working states by tree nodes. */
public interface WorkingWriter extends WorkingReader {
  /**
   * Puts an empty overlay above the one that takes changes, which then changes no more. Does
   * nothing if that one is empty, or if there is a frozen one already. Returns what it is then.
   *
   * @throws IllegalStateException if there is no such branch
   */
  WorkingTree freeze(long namespace, Name branch, TreePart part);

  /**
   * Says that {@code root} is what the frozen overlay and the tree below it come to: they are
   * replaced by it. Returns false, changing nothing, if that overlay is not there any more.
   */
  boolean folded(long namespace, Name branch, TreePart part, long frozen, TreeRoot root);

  /** Removes rows of overlays that are of no working state any more; returns how many, at most. */
  long dropLeftOver(int limit);
}

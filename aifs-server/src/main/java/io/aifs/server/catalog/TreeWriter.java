package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import java.util.Collection;
import java.util.List;

/**
 * Changes a working state and marks the assets that it names. Rules (a file is not also a
 * directory) are the engine's.
 *
 * <p>Every method that is given a branch throws {@link IllegalStateException} if there is none.
 */
public interface TreeWriter extends TreeReader {
  /**
   * Puts entries, each in place of what its path named; of several with one path the last counts.
   * Returns how many paths are new.
   *
   * @throws IllegalStateException if a file names an asset that is not visible
   */
  int putAll(long namespace, Name branch, Collection<PathEntry> entries);

  /** Removes the entries at these paths; absent ones are ignored. Returns how many there were. */
  int removeAll(long namespace, Name branch, List<TreePath> paths);

  /**
   * Removes everything at and below {@code prefix}, whatever that is, by one row. Returns how many
   * entries there were.
   */
  long removeBelow(long namespace, Name branch, TreePath prefix);

  /**
   * Moves everything at and below {@code from} to {@code to}, where nothing is. Returns how many
   * entries moved.
   *
   * @throws IllegalArgumentException if one path contains the other
   * @throws IllegalStateException if something is at or below {@code to}
   * @throws io.aifs.core.AifsException.InvalidRequest if a path would become too long
   */
  long move(long namespace, Name branch, TreePath from, TreePath to);

  /**
   * Makes what is at and below {@code to} what a tree has at and below {@code source}, by one row.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if a path could become too long
   */
  void graft(long namespace, Name branch, TreePath to, TreeRoot root, TreePath source);

  /**
   * Makes the branch's working state these trees, with nothing above them; whatever was in its
   * overlays is gone. Also for a branch that was just made.
   */
  void reset(long namespace, Name branch, SnapshotRoots roots);
}

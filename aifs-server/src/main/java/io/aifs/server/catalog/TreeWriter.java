package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;

/**
 * Changes a working state and keeps {@link AssetRow#pathCount} of the assets concerned true. Rules
 * (a file is not also a directory) are the engine's.
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

  /** Removes everything at and below {@code prefix}. Returns how many entries there were. */
  long removeBelow(long namespace, Name branch, TreePath prefix);

  /**
   * Removes every path of the namespace that names {@code asset}, visible or deleted, on whatever
   * branch. Returns how many there were. Reads the working states once, however many that are, and
   * not at all if the asset's path count says that there are none.
   */
  long removePathsOf(long namespace, Digest asset);

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
   * Makes the branch's working state these trees, with nothing above them; whatever was in its
   * overlays is gone. Also for a branch that was just made.
   */
  void reset(long namespace, Name branch, SnapshotRoots roots);
}

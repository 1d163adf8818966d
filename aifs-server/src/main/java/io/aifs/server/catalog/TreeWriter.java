package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.Collection;
import java.util.List;

/**
 * Changes a working state. Keeps {@link AssetRow#pathCount} of the assets concerned true, which
 * must be visible. Rules (a file is not also a directory) are the engine's.
 */
public interface TreeWriter extends TreeReader {
  /** Puts entries, each in place of what its path named. Returns how many paths are new. */
  int putAll(long namespace, Name branch, Collection<PathEntry> entries);

  /** Removes the entries at these paths; absent ones are ignored. Returns how many there were. */
  int removeAll(long namespace, Name branch, List<TreePath> paths);

  /** Removes everything at and below {@code prefix}. Returns how many entries there were. */
  long removeBelow(long namespace, Name branch, TreePath prefix);

  /**
   * Moves everything at and below {@code from} to {@code to}, where nothing is. Returns how many
   * entries moved.
   */
  long move(long namespace, Name branch, TreePath from, TreePath to);
}

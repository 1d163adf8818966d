package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The working state of a branch: overlays on a tree. A directory exists if it was put or if
 * anything is below it. Order is by the UTF-8 bytes of paths. A branch that does not exist is
 * empty.
 */
public interface TreeReader {
  /**
   * What is at exactly this path: an entry, or a directory that only exists by what is below. The
   * root of a branch always exists.
   */
  Optional<PathEntry> find(long namespace, Name branch, TreePath path);

  /** The names directly in {@code directory}, after {@code after}, at most {@code limit}. */
  List<PathEntry> children(
      long namespace, Name branch, TreePath directory, Optional<String> after, int limit);

  /**
   * Every stored entry below {@code prefix} (and at it), after {@code after}, at most {@code
   * limit}. Directories that were never put do not appear.
   */
  List<PathEntry> walk(
      long namespace, Name branch, TreePath prefix, Optional<TreePath> after, int limit);

  /** A path that names the asset, if one does. Slow: looks at every path. */
  Optional<AssetPaths.Place> anyPathOf(long namespace, Digest asset);

  /**
   * The paths that name each of these assets, {@code limitEach} of them at most. Assets that no
   * path names are absent. Looks at every path of the namespace once, however many assets are asked
   * for.
   */
  Map<Digest, AssetPaths> pathsOf(long namespace, Set<Digest> assets, int limitEach);

  /** What the branch holds now; empty if there is no such branch. */
  Optional<WorkingState> state(long namespace, Name branch);

  /** How much is at and below {@code path}. Takes time in proportion, not memory. */
  TreeUsage usage(long namespace, Name branch, TreePath path);
}

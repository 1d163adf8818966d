package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.TreeReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path names a file, a link or a directory, and only a directory has paths below it. */
public final class PathRules {
  private final TreeReader tree;
  private final long namespace;
  private final Name branch;
  private final Set<TreePath> knownDirectories = new HashSet<>();

  public PathRules(TreeReader tree, long namespace, Name branch) {
    this.tree = tree;
    this.namespace = namespace;
    this.branch = branch;
  }

  /**
   * Refuses entries that would put something below a file, or a file where a directory is.
   *
   * @throws AifsException.Precondition naming the path in the way
   */
  public void requireFits(Collection<PathEntry> entries) {
    Set<TreePath> leaves = new HashSet<>();
    for (PathEntry entry : entries) {
      if (!(entry.entry() instanceof TreeEntry.Directory)) {
        leaves.add(entry.path());
      }
    }
    for (PathEntry entry : entries) {
      requireDirectoriesAbove(entry.path(), leaves);
      requireSameShape(entry);
    }
  }

  private void requireDirectoriesAbove(TreePath path, Set<TreePath> leaves) {
    for (TreePath above = path.parent(); !above.isRoot(); above = above.parent()) {
      if (leaves.contains(above)) {
        throw notADirectory(above);
      }
      if (!knownDirectories.add(above)) {
        return; // what is above it was looked at too
      }
      TreeEntry there = entryAt(above);
      if (there instanceof TreeEntry.File || there instanceof TreeEntry.Symlink) {
        throw notADirectory(above);
      }
    }
  }

  private void requireSameShape(PathEntry put) {
    TreeEntry there = entryAt(put.path());
    boolean directoryThere = there instanceof TreeEntry.Directory;
    boolean directoryPut = put.entry() instanceof TreeEntry.Directory;
    if (there != null && directoryThere && !directoryPut) {
      throw new AifsException.Precondition(
          Reason.IS_A_DIRECTORY,
          "path '" + put.path() + "' is a directory",
          "remove it first with 'aifs rm -r', or put to another path");
    }
    if (there != null && !directoryThere && directoryPut) {
      throw notADirectory(put.path());
    }
  }

  private @Nullable TreeEntry entryAt(TreePath path) {
    Optional<PathEntry> found = tree.find(namespace, branch, path);
    return found.map(PathEntry::entry).orElse(null);
  }

  private static AifsException.Precondition notADirectory(TreePath path) {
    return new AifsException.Precondition(
        Reason.NOT_A_DIRECTORY,
        "path '" + path + "' is not a directory",
        "remove it first with 'aifs rm', or put to another path");
  }
}

package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.engine.tree.ReadablePaths;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Questions about paths of one tree, answered or refused in words a caller can act on. */
public final class PathQueries {
  private final ReadablePaths paths;
  private final String where;

  /**
   * @param where names the tree in messages, such as {@code default/main}
   */
  public PathQueries(ReadablePaths paths, String where) {
    this.paths = paths;
    this.where = where;
  }

  /** The same questions of the tree as it is seen through something. */
  public PathQueries through(UnaryOperator<ReadablePaths> lens) {
    return new PathQueries(lens.apply(paths), where);
  }

  /**
   * What a path names.
   *
   * @throws AifsException.NotFound if it names nothing
   */
  public PathEntry require(TreePath path) {
    return paths
        .find(path)
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.PATH_NOT_FOUND,
                    "path '" + path + "' is not in " + where,
                    "'aifs ls' shows what is there"));
  }

  /**
   * The asset a path names.
   *
   * @throws AifsException.NotFound if it names nothing
   * @throws AifsException.Precondition if it names a directory or a link
   */
  public TreeEntry.File requireFile(TreePath path) {
    return switch (require(path).entry()) {
      case TreeEntry.File file -> file;
      case TreeEntry.Directory _ ->
          throw new AifsException.Precondition(
              Reason.IS_A_DIRECTORY,
              "path '" + path + "' is a directory",
              "name a file in it; 'aifs ls' shows them");
      case TreeEntry.Symlink(String target, _) ->
          throw new AifsException.Precondition(
              Reason.IS_A_DIRECTORY,
              "path '" + path + "' is a symbolic link to '" + target + "'",
              "read what it points to");
    };
  }

  /** Those of {@code wanted} that exist, in order. */
  public List<PathEntry> describeAll(Collection<TreePath> wanted) {
    return wanted.stream().flatMap(path -> paths.find(path).stream()).toList();
  }

  /**
   * The names directly in a directory, after the name {@code after}.
   *
   * @throws AifsException.NotFound if there is no such directory
   * @throws AifsException.Precondition if it is not a directory
   */
  public List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
    if (!directory.isRoot() && !(require(directory).entry() instanceof TreeEntry.Directory)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY, "path '" + directory + "' is not a directory", "list its parent");
    }
    return paths.children(directory, after, limit);
  }

  /** Every entry at and below a path, after the path {@code after}. */
  public List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit) {
    requireUnlessRoot(path);
    return paths.walk(path, after, limit);
  }

  /** How much a path and all below it hold. */
  public TreeUsage usage(TreePath path) {
    requireUnlessRoot(path);
    return paths.usage(path);
  }

  private void requireUnlessRoot(TreePath path) {
    if (!path.isRoot()) {
      var _ = require(path);
    }
  }
}

package io.aifs.server.grpc;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.engine.tree.ReadablePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paths of a tree as a restricted token sees them. Directories on the way to the path that it
 * allows are plain ones that hold just the way on. Where kinds or assets are restricted there are
 * only files of these, and the directories that they are in: else empty directories would tell the
 * names of what is hidden.
 */
final class ScopedPaths implements ReadablePaths {
  private static final int LOOKED_AT_A_TIME = 1_000;

  private final ReadablePaths tree;
  private final Restrictions restrictions;
  private final boolean all;

  ScopedPaths(ReadablePaths tree, Restrictions restrictions) {
    this.tree = tree;
    this.restrictions = restrictions;
    this.all = restrictions.areOfNamesOnly();
  }

  @Override
  public Optional<PathEntry> find(TreePath path) {
    if (path.isRoot()) {
      return Optional.of(plain(path));
    }
    if (restrictions.allowsPath(path)) {
      return tree.find(path).filter(this::isVisible);
    }
    return top(path).flatMap(this::find).map(_ -> plain(path));
  }

  /** The path that is allowed, if it is below this one. */
  private Optional<TreePath> top(TreePath above) {
    return restrictions.top().filter(above::contains);
  }

  private static PathEntry plain(TreePath directory) {
    return new PathEntry(directory, new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY));
  }

  private boolean isVisible(PathEntry entry) {
    return all
        || switch (entry.entry()) {
          case TreeEntry.File file -> isVisible(file);
          case TreeEntry.Symlink _ -> false;
          case TreeEntry.Directory _ -> hasVisible(entry.path());
        };
  }

  private boolean isVisible(TreeEntry.File file) {
    return restrictions.allowsKind(file.kind()) && restrictions.allowsAsset(file.asset());
  }

  private boolean hasVisible(TreePath directory) {
    Optional<TreePath> after = Optional.empty();
    while (true) {
      List<PathEntry> looked = tree.walk(directory, after, LOOKED_AT_A_TIME);
      if (looked.stream().anyMatch(this::isVisibleFile)) {
        return true;
      }
      if (looked.size() < LOOKED_AT_A_TIME) {
        return false;
      }
      after = Optional.of(looked.getLast().path());
    }
  }

  private boolean isVisibleFile(PathEntry entry) {
    return entry.entry() instanceof TreeEntry.File file && isVisible(file);
  }

  @Override
  public List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
    if (!restrictions.allowsPath(directory)) {
      return top(directory)
          .map(top -> below(directory, top))
          .filter(next -> after.isEmpty() || isAfter(next.name(), after.get()))
          .flatMap(this::find)
          .stream()
          .toList();
    }
    if (all) {
      return tree.children(directory, after, limit);
    }
    List<PathEntry> found = new ArrayList<>();
    Optional<String> last = after;
    while (found.size() < limit) {
      List<PathEntry> looked = tree.children(directory, last, LOOKED_AT_A_TIME);
      looked.stream()
          .filter(this::isVisible)
          .limit((long) limit - found.size())
          .forEach(found::add);
      if (looked.size() < LOOKED_AT_A_TIME) {
        break;
      }
      last = Optional.of(looked.getLast().path().name());
    }
    return found;
  }

  /** The name in a directory that leads on to a path below it. */
  private static TreePath below(TreePath directory, TreePath path) {
    TreePath at = path;
    while (!at.parent().equals(directory)) {
      at = at.parent();
    }
    return at;
  }

  private static boolean isAfter(String name, String other) {
    return new TreePath(name).compareTo(new TreePath(other)) > 0;
  }

  @Override
  public List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit) {
    Optional<TreePath> start = start(path);
    if (start.isEmpty()) {
      return List.of();
    }
    if (all) {
      return tree.walk(start.get(), after, limit);
    }
    List<PathEntry> found = new ArrayList<>();
    Optional<TreePath> last = after;
    while (found.size() < limit) {
      List<PathEntry> looked = tree.walk(start.get(), last, LOOKED_AT_A_TIME);
      looked.stream()
          .filter(this::isVisible)
          .limit((long) limit - found.size())
          .forEach(found::add);
      if (looked.size() < LOOKED_AT_A_TIME) {
        break;
      }
      last = Optional.of(looked.getLast().path());
    }
    return found;
  }

  private Optional<TreePath> start(TreePath path) {
    return restrictions.allowsPath(path) ? Optional.of(path) : top(path);
  }

  @Override
  public TreeUsage usage(TreePath path) {
    if (!all) {
      throw new IllegalStateException("usage counts what the token must not see");
    }
    return start(path).map(tree::usage).orElseGet(() -> new TreeUsage(0, 0, 0, 0, 0));
  }
}

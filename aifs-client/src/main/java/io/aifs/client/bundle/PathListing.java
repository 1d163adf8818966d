package io.aifs.client.bundle;

import io.aifs.client.PathInfo;
import io.aifs.client.Tree;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is at a path, and the files in the directory of its tensors. */
record PathListing(TreePath path, Optional<TreeEntry> main, Map<TreePath, TreeEntry.File> tensors) {
  private static final int PAGE = 4_000;

  static PathListing of(Tree tree, Ref ref, TreePath path) {
    TreePath directory = TensorPaths.directory(path);
    Map<TreePath, PathInfo> found = tree.stat(ref, List.of(path, directory));
    boolean listed =
        found.containsKey(directory) && found.get(directory).entry() instanceof TreeEntry.Directory;
    return new PathListing(
        path,
        Optional.ofNullable(found.get(path)).map(PathInfo::entry),
        listed ? files(tree, ref, directory) : Map.of());
  }

  /** The files directly in a directory, in order. */
  static Map<TreePath, TreeEntry.File> files(Tree tree, Ref ref, TreePath directory) {
    Map<TreePath, TreeEntry.File> files = new LinkedHashMap<>();
    Optional<String> token = Optional.empty();
    do {
      Tree.PathPage page = tree.list(ref, directory, false, PAGE, token);
      for (PathInfo info : page.paths()) {
        if (info.entry() instanceof TreeEntry.File file) {
          files.put(info.path(), file);
        }
      }
      token = page.nextPageToken();
    } while (token.isPresent());
    return files;
  }

  boolean isEmpty() {
    return main.isEmpty() && tensors.isEmpty();
  }

  /** The file at the path itself. */
  Optional<TreeEntry.File> file() {
    return main.filter(TreeEntry.File.class::isInstance).map(TreeEntry.File.class::cast);
  }

  /** The file at the path itself, or at that of a tensor. */
  Optional<TreeEntry.File> at(TreePath asked) {
    return asked.equals(path) ? file() : Optional.ofNullable(tensors.get(asked));
  }
}

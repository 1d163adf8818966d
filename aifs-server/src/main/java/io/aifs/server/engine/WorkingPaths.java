package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.TreeReader;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.engine.tree.ReadablePaths;
import java.util.List;
import java.util.Optional;

/** The paths of a branch's working state, inside one catalog function. */
record WorkingPaths(TreeReader tree, long namespace, Name branch) implements ReadablePaths {
  @Override
  public Optional<PathEntry> find(TreePath path) {
    return tree.find(namespace, branch, path);
  }

  @Override
  public List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
    return tree.children(namespace, branch, directory, after, limit);
  }

  @Override
  public List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit) {
    return tree.walk(namespace, branch, path, after, limit);
  }

  @Override
  public TreeUsage usage(TreePath path) {
    return tree.usage(namespace, branch, path);
  }
}

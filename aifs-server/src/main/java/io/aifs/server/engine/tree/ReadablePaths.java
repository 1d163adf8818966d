package io.aifs.server.engine.tree;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.catalog.TreeUsages;
import io.aifs.server.catalog.layer.TreeListing;
import io.aifs.server.snapshot.NodeSource;
import java.util.List;
import java.util.Optional;

/** A tree of paths to read: of a working state or of a snapshot. */
public interface ReadablePaths {
  /** The entry at a path, or the directory that is there by what is below; the root always is. */
  Optional<PathEntry> find(TreePath path);

  /** The names directly in a directory, after the name {@code after}, at most {@code limit}. */
  List<PathEntry> children(TreePath directory, Optional<String> after, int limit);

  /** The entries at and below a path, after the path {@code after}, at most {@code limit}. */
  List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit);

  /** How much is at and below a path. Takes time in proportion, not memory. */
  TreeUsage usage(TreePath path);

  /** The paths of a snapshot. Thread-safe. */
  static ReadablePaths of(NodeSource nodes, TreeRoot root) {
    TreeListing listing = new TreeListing(TreeNodes.view(nodes, root));
    return new ReadablePaths() {
      @Override
      public Optional<PathEntry> find(TreePath path) {
        return listing.find(path);
      }

      @Override
      public List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
        return listing.children(directory, after, limit);
      }

      @Override
      public List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit) {
        return listing.walk(path, after, limit);
      }

      @Override
      public TreeUsage usage(TreePath path) {
        return TreeUsages.of(listing, path);
      }
    };
  }
}

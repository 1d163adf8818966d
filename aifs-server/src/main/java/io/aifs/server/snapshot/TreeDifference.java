package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * What a path named before and after.
 *
 * @param before empty if the path was added
 * @param after empty if it was removed
 */
public record TreeDifference(TreePath path, Optional<TreeEntry> before, Optional<TreeEntry> after) {
  public TreeDifference {
    requireNonNull(path, "path is null");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("path names nothing before and after: " + path);
    }
  }
}

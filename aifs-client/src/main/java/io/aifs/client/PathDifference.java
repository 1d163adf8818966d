package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * A path that two trees do not have the same.
 *
 * @param path for an unnamed asset its id
 * @param before empty if it was added
 * @param after empty if it was removed
 * @param attributesOnly the content is the same
 * @param unnamed an asset without a path
 */
public record PathDifference(
    TreePath path,
    Optional<TreeEntry> before,
    Optional<TreeEntry> after,
    boolean attributesOnly,
    boolean unnamed) {
  public PathDifference {
    requireNonNull(path, "path is null");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a path differs and is on neither side: " + path);
    }
  }
}

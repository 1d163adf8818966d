package io.aifs.client.bundle;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.Map;
import java.util.Optional;

/**
 * Where an import goes, and what it says besides.
 *
 * @param metadata of the asset at the path; more important than what its file says
 * @param parent the earlier version that this one was made from
 */
public record ImportOptions(
    Name branch, TreePath path, Map<String, String> metadata, Optional<ParentVersion> parent) {
  /**
   * @throws IllegalArgumentException if the path is the root
   */
  public ImportOptions {
    requireNonNull(branch, "branch is null");
    requireNonNull(parent, "parent is null");
    metadata = Map.copyOf(metadata);
    if (path.isRoot()) {
      throw new IllegalArgumentException("an import needs a path of its own");
    }
  }

  /** Nothing but a place. */
  public static ImportOptions at(Name branch, TreePath path) {
    return new ImportOptions(branch, path, Map.of(), Optional.empty());
  }

  /** The same, made from an earlier version. */
  public ImportOptions from(ParentVersion version) {
    return new ImportOptions(branch, path, metadata, Optional.of(version));
  }
}

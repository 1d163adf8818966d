package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * A path that two sides changed in ways that do not go together.
 *
 * @param base what it named before; empty if nothing
 * @param ours what it names on our side; empty if nothing
 * @param theirs what it names on theirs; empty if nothing
 */
public record TreeConflict(
    Kind kind,
    TreePath path,
    Optional<TreeEntry> base,
    Optional<TreeEntry> ours,
    Optional<TreeEntry> theirs) {
  /** In which way. */
  public enum Kind {
    /** Both changed what the path names, or one changed it and the other removed it. */
    ENTRY,

    /**
     * A file or symlink on one side, and on the other a directory in which that side put something.
     * The choice is for the path and all that is below it.
     */
    FILE_AND_DIRECTORY
  }

  public TreeConflict {
    requireNonNull(kind, "kind is null");
    requireNonNull(path, "path is null");
    requireNonNull(base, "base is null");
    requireNonNull(ours, "ours is null");
    requireNonNull(theirs, "theirs is null");
  }
}

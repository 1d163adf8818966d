package io.aifs.cli.history;

import static java.util.Objects.requireNonNull;

import io.aifs.client.PathDifference;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * A difference as it is shown.
 *
 * @param path where it is now; where it was if it is gone; an id if it is unnamed
 * @param from where it was before it was renamed
 */
public record Change(
    Kind kind,
    TreePath path,
    Optional<TreePath> from,
    Optional<TreeEntry> before,
    Optional<TreeEntry> after,
    boolean unnamed) {
  public Change {
    requireNonNull(kind, "kind is null");
    requireNonNull(path, "path is null");
  }

  /** What became of a path. */
  public enum Kind {
    ADDED('A'),
    REMOVED('D'),
    MODIFIED('M'),
    RENAMED('R'),
    /** The content is the same; mode or times are not. */
    ATTRIBUTES('T');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    public char letter() {
      return letter;
    }
  }

  /** A difference that has nothing to do with any other. */
  public static Change of(PathDifference difference) {
    Kind kind =
        difference.before().isEmpty()
            ? Kind.ADDED
            : difference.after().isEmpty()
                ? Kind.REMOVED
                : difference.attributesOnly() ? Kind.ATTRIBUTES : Kind.MODIFIED;
    return new Change(
        kind,
        difference.path(),
        Optional.empty(),
        difference.before(),
        difference.after(),
        difference.unnamed());
  }

  /** Two differences that are one: the same content under another path. */
  static Change renamed(PathDifference removed, PathDifference added) {
    return new Change(
        Kind.RENAMED,
        added.path(),
        Optional.of(removed.path()),
        removed.before(),
        added.after(),
        false);
  }
}

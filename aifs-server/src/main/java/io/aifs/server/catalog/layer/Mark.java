package io.aifs.server.catalog.layer;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.tree.TreeRoot;
import java.util.Optional;

/** What a row of an overlay says. */
public sealed interface Mark {
  /** This is here. */
  record Entry(TreeEntry entry) implements Mark {
    public Entry {
      requireNonNull(entry, "entry is null");
    }
  }

  /** Nothing of what lies below is here. */
  record Nothing() implements Mark {}

  /**
   * What lies below at another place is here.
   *
   * @param root of another tree; empty for the one below
   * @param source the path there
   */
  @SuppressWarnings("ArrayRecordComponent") // a key; never compared
  record Graft(Optional<TreeRoot> root, byte[] source) implements Mark {
    public Graft {
      requireNonNull(root, "root is null");
      requireNonNull(source, "source is null");
    }
  }
}

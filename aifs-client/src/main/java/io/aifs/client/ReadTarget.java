package io.aifs.client;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** What to read: an asset by id, or whatever a path of a branch names. */
public sealed interface ReadTarget {
  /** An asset. */
  record ById(Digest id) implements ReadTarget {}

  /** A path. */
  record ByPath(Name branch, TreePath path) implements ReadTarget {}
}

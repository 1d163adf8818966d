package io.aifs.client;

import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** What to read: an asset by id, or whatever a path names at a ref. */
public sealed interface ReadTarget {
  /** An asset. */
  record ById(Digest id) implements ReadTarget {}

  /** A path. */
  record ByPath(Ref ref, TreePath path) implements ReadTarget {}
}

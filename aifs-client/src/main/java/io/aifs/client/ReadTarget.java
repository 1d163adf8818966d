package io.aifs.client;

import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** What to read: an asset by id, or whatever a path names at a ref. */
public sealed interface ReadTarget {
  /** An asset. */
  record ById(Digest id) implements ReadTarget {}

  /**
   * An asset that a path named when it was looked at. It is read by its id, so that nobody can put
   * another one there meanwhile; a token that is restricted to paths, refs or kinds reads it as
   * long as the path names it.
   */
  record Found(Ref ref, TreePath path, Digest id) implements ReadTarget {}

  /** Whatever a path names then. */
  record ByPath(Ref ref, TreePath path) implements ReadTarget {}
}

package io.aifs.client.bundle;

import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** An earlier version of what is imported. */
public sealed interface ParentVersion {
  /** An asset; of its tensors nothing is known. */
  record OfAsset(Digest id) implements ParentVersion {}

  /** What was imported at a path, with the tensors beside it. */
  record OfPath(Ref ref, TreePath path) implements ParentVersion {}
}

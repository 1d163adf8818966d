package io.aifs.server.catalog.layer;

import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.DomainId;

/** Where a catalog finds the trees that its overlays lie on. Thread-safe. */
@FunctionalInterface
public interface TreeBase {
  /**
   * For a catalog whose trees cannot be read, while it is rebuilt from its journal. What overlays
   * become does not depend on what lies below; only what calls return does.
   */
  TreeBase ABSENT = (_, _) -> TreeView.EMPTY;

  /** The tree with this root. Asked inside catalog functions, as is what it returns. */
  TreeView view(DomainId domain, TreeRoot root);
}

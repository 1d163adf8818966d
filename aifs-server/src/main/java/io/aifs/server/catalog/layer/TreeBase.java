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

  /**
   * The tree with this root.
   *
   * @throws NotReadyException if something must be prepared first, outside the catalog
   */
  TreeView view(DomainId domain, TreeRoot root);

  /** The call is to be made again once this was prepared, outside of any catalog transaction. */
  final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Runnable preparation;

    public NotReadyException(Runnable preparation) {
      super("trees of a domain are not open yet", null, false, false);
      this.preparation = preparation;
    }

    public void prepare() {
      preparation.run();
    }
  }
}

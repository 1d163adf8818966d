package io.aifs.server.engine.tree;

import io.aifs.core.model.Name;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.NamespaceRow;

/** Makes tree nodes of what the overlays of a branch's working state hold. Thread-safe. */
public interface Folding {
  /**
   * The roots of the branch's working state as it is at some instant during the call; its nodes are
   * durable and in the ledger, and the catalog's working state names these roots. Later changes may
   * already lie above them.
   *
   * @throws io.aifs.core.AifsException.NotFound if there is no such branch
   */
  SnapshotRoots fold(NamespaceRow namespace, Name branch);
}

package io.aifs.server.snapshot;

import io.aifs.core.tree.TreeNode;
import io.aifs.crypto.Digest;
import java.util.List;

/** Where the nodes of trees are read from. Thread-safe. */
public interface NodeSource {
  /**
   * The node with this id.
   *
   * @throws io.aifs.core.AifsException.Corrupt if it is missing or not what its id says
   */
  TreeNode get(Digest id);

  /** The nodes with these ids, in order; all in one read where that is cheaper. */
  default List<TreeNode> getAll(List<Digest> ids) {
    return ids.stream().map(this::get).toList();
  }
}

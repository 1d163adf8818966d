package io.aifs.server.engine.search;

import io.aifs.core.tree.TreeNode;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.NodeSource;
import java.util.List;

/** Counts the nodes that are read. For one thread. */
final class CountingNodes implements NodeSource {
  private final NodeSource nodes;
  private long read;

  CountingNodes(NodeSource nodes) {
    this.nodes = nodes;
  }

  long read() {
    return read;
  }

  @Override
  public TreeNode get(Digest id) {
    read++;
    return nodes.get(id);
  }

  @Override
  public List<TreeNode> getAll(List<Digest> ids) {
    read += ids.size();
    return nodes.getAll(ids);
  }
}

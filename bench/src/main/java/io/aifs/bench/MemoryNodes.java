package io.aifs.bench;

import io.aifs.core.tree.TreeDamagedException;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.NodeSink;
import io.aifs.server.snapshot.NodeSource;
import java.util.HashMap;
import java.util.Map;

/** Nodes of trees in a map, decoded at each read as from a store, and counted. */
final class MemoryNodes implements NodeSource, NodeSink {
  private final Map<Digest, byte[]> nodes = new HashMap<>();
  private int reads;
  private int writes;
  private long bytesWritten;

  @Override
  public TreeNode get(Digest id) {
    reads++;
    byte[] node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("node is missing: " + id);
    }
    try {
      return TreeNodeCodec.decode(node);
    } catch (TreeDamagedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void put(Digest id, byte[] node) {
    writes++;
    bytesWritten += node.length;
    nodes.put(id, node);
  }

  /** What was read and written since the last call. */
  Counts takeCounts() {
    Counts counts = new Counts(reads, writes, bytesWritten);
    reads = 0;
    writes = 0;
    bytesWritten = 0;
    return counts;
  }

  record Counts(int reads, int writes, long bytesWritten) {}
}

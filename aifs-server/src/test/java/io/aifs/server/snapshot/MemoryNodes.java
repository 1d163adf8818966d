package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.tree.TreeDamagedException;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.crypto.Digest;
import java.util.HashMap;
import java.util.Map;

/** Nodes in a map, counted as they are read and written. */
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
      throw new AifsException.Corrupt(Reason.TREE_DAMAGED, "node is missing: " + id, "");
    }
    try {
      return TreeNodeCodec.decode(node);
    } catch (TreeDamagedException e) {
      throw new AifsException.Corrupt(Reason.TREE_DAMAGED, String.valueOf(e.getMessage()), "", e);
    }
  }

  @Override
  public void put(Digest id, byte[] node) {
    if (!Digest.of(node).equals(id)) {
      throw new IllegalArgumentException("id is not the node's");
    }
    writes++;
    bytesWritten += node.length;
    nodes.put(id, node);
  }

  /** Replaces what is stored under an id. */
  void damage(Digest id, byte[] node) {
    nodes.put(id, node);
  }

  void addAll(MemoryNodes other) {
    nodes.putAll(other.nodes);
  }

  void remove(Digest id) {
    nodes.remove(id);
  }

  byte[] bytes(Digest id) {
    return requireNonNull(nodes.get(id), "node is missing");
  }

  Map<Digest, byte[]> all() {
    return nodes;
  }

  int reads() {
    return reads;
  }

  int writes() {
    return writes;
  }

  long bytesWritten() {
    return bytesWritten;
  }

  void resetCounts() {
    reads = 0;
    writes = 0;
    bytesWritten = 0;
  }
}

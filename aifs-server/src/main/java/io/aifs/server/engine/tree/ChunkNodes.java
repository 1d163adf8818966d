package io.aifs.server.engine.tree;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.tree.TreeDamagedException;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.snapshot.NodeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes of the trees of one domain, from its chunk store. Thread-safe. */
final class ChunkNodes implements NodeSource {
  private static final String HINT =
      "'aifs fsck' tells what is affected; restore the store from a backup, or make the branch anew"
          + " from a snapshot that verifies";

  private final DomainId domain;
  private final ChunkSource chunks;
  private final NodeCache cache;

  ChunkNodes(DomainId domain, ChunkSource chunks, NodeCache cache) {
    this.domain = domain;
    this.chunks = chunks;
    this.cache = cache;
  }

  @Override
  public TreeNode get(Digest id) {
    return getAll(List.of(id)).getFirst();
  }

  @Override
  public List<TreeNode> getAll(List<Digest> ids) {
    Map<Digest, TreeNode> found = new HashMap<>();
    Set<Digest> absent = new LinkedHashSet<>();
    for (Digest id : ids) {
      cache
          .find(new NodeCache.Key(domain, id))
          .ifPresentOrElse(node -> found.put(id, node), () -> absent.add(id));
    }
    if (!absent.isEmpty()) {
      found.putAll(read(absent));
    }
    List<TreeNode> nodes = new ArrayList<>(ids.size());
    for (Digest id : ids) {
      TreeNode node = found.get(id);
      if (node == null) {
        throw new AifsException.Corrupt(
            Reason.TREE_DAMAGED, "tree node " + id + " is missing", HINT);
      }
      nodes.add(node);
    }
    return nodes;
  }

  private Map<Digest, TreeNode> read(Set<Digest> ids) {
    Map<Digest, TreeNode> read = new HashMap<>();
    try {
      for (Map.Entry<Digest, byte[]> node : chunks.getAll(RecordType.TREE_NODE, ids).entrySet()) {
        TreeNode decoded = TreeNodeCodec.decode(node.getValue());
        cache.put(new NodeCache.Key(domain, node.getKey()), decoded, node.getValue().length);
        read.put(node.getKey(), decoded);
      }
      return read;
    } catch (ChunkDamagedException | TreeDamagedException e) {
      throw new AifsException.Corrupt(
          Reason.TREE_DAMAGED,
          "a tree node does not read back as it was written: " + e.getMessage(),
          HINT,
          e);
    } catch (IOException e) {
      throw new AifsException.Unavailable(
          Reason.IO_FAILED,
          "reading a tree failed: " + e.getMessage(),
          "look at the disk and its log, then try again",
          e);
    }
  }
}

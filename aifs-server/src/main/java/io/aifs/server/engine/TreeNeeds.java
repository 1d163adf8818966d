package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which tree nodes trees need, each once however many trees share it. Reads inner nodes, not
 * leaves. Not thread-safe.
 */
final class TreeNeeds {
  private static final int BATCH = 256;

  private final ChunkSource chunks;
  private final AssetNeeds.Sink sink;

  /** Nodes that were told. */
  private final Set<Digest> told = new HashSet<>();

  /** Inner nodes to be looked into, with the level of each. */
  private final Deque<Level> waiting = new ArrayDeque<>();

  private record Level(int level, List<Digest> nodes) {}

  TreeNeeds(ChunkSource chunks, AssetNeeds.Sink sink) {
    this.chunks = chunks;
    this.sink = sink;
  }

  /**
   * Tells what these trees need that was not told before.
   *
   * @throws AifsException.Corrupt if a node cannot be read, so that what it needs is not known
   */
  void add(Collection<TreeRoot> roots) throws IOException {
    tell(roots.stream().filter(root -> !root.isEmpty()).map(TreeRoot::node).toList(), -1);
    while (!waiting.isEmpty()) {
      Level next = waiting.removeLast();
      for (TreeNode node : read(next.nodes())) {
        if (node instanceof TreeNode.Inner(int level, List<ChildRef> children)) {
          tell(children.stream().map(child -> child.node().node()).toList(), level - 1);
        }
      }
    }
  }

  /**
   * @param level of the nodes; -1 if it is not known
   */
  private void tell(List<Digest> nodes, int level) throws IOException {
    List<Digest> fresh = nodes.stream().filter(told::add).toList();
    if (fresh.isEmpty()) {
      return;
    }
    sink.needed(RecordType.TREE_NODE, fresh);
    if (level != 0) {
      for (int from = 0; from < fresh.size(); from += BATCH) {
        waiting.addLast(
            new Level(level, fresh.subList(from, Math.min(fresh.size(), from + BATCH))));
      }
    }
  }

  private List<TreeNode> read(List<Digest> ids) throws IOException {
    try {
      Map<Digest, byte[]> found = chunks.getAll(RecordType.TREE_NODE, ids);
      List<TreeNode> nodes = new ArrayList<>();
      for (Digest id : ids) {
        byte[] bytes = found.get(id);
        if (bytes == null) {
          throw new IOException("node " + id + " is missing");
        }
        nodes.add(TreeNodeCodec.decode(bytes));
      }
      return nodes;
    } catch (IOException e) {
      throw new AifsException.Corrupt(
          Reason.TREE_DAMAGED,
          "collection stopped: a tree cannot be read, so what it needs is not known: "
              + e.getMessage(),
          "'aifs fsck' tells which; nothing was deleted",
          e);
    }
  }
}

package io.aifs.server.engine.tree;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.snapshot.NodeSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stores nodes in batches. Call {@link #flush} at the end. Not thread-safe. */
public final class NodeWriter implements NodeSink {
  private static final int BATCH = 256;

  private final ChunkStore store;
  private final List<Chunk> batch = new ArrayList<>();
  private long nodes;

  public NodeWriter(ChunkStore store) {
    this.store = store;
  }

  @Override
  public void put(Digest id, byte[] node) throws IOException {
    batch.add(new Chunk(id, node, 0, node.length));
    nodes++;
    if (batch.size() == BATCH) {
      flush();
    }
  }

  /** Stores what waits; only a sync makes it durable. */
  public void flush() throws IOException {
    if (!batch.isEmpty()) {
      store.putAll(RecordType.TREE_NODE, List.copyOf(batch));
      batch.clear();
    }
  }

  /** How many nodes were put. */
  public long nodes() {
    return nodes;
  }
}

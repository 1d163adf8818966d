package io.aifs.server.engine.history;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.DurablePut;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.tree.NodeWriter;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.model.LivePack;
import io.aifs.server.snapshot.NodeSource;
import java.io.IOException;
import java.util.List;

/** Trees as records of the namespaces' chunk stores. */
public final class StoredTrees implements TreeStorage {
  private final ChunkStores chunkStores;
  private final TreeNodes nodes;
  private final Pins pins;

  public StoredTrees(ChunkStores chunkStores, TreeNodes nodes, Pins pins) {
    this.chunkStores = chunkStores;
    this.nodes = nodes;
    this.pins = pins;
  }

  @Override
  public NodeSource nodes(NamespaceRow namespace) {
    return nodes.of(namespace.domain());
  }

  @Override
  public Writing begin(NamespaceRow namespace) {
    return new PinnedWriting(pins.open(), new DurablePut(chunkStores.of(namespace.domain())));
  }

  private static final class PinnedWriting implements Writing {
    private final Pins.Pin pin;
    private final DurablePut durable;
    private final NodeWriter writer;

    PinnedWriting(Pins.Pin pin, DurablePut durable) {
      this.pin = pin;
      this.durable = durable;
      this.writer = new NodeWriter(durable.store());
    }

    @Override
    public void put(Digest id, byte[] node) throws IOException {
      writer.put(id, node);
    }

    @Override
    public List<LivePack> sync() throws IOException {
      writer.flush();
      return durable.sync();
    }

    @Override
    public void recorded(List<LivePack> packs) {
      durable.store().recorded(packs);
    }

    @Override
    public void close() {
      pin.close();
    }
  }
}

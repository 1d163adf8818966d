package io.aifs.server.engine.history;

import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.model.LivePack;
import io.aifs.server.snapshot.NodeSink;
import io.aifs.server.snapshot.NodeSource;
import java.io.IOException;
import java.util.List;

/** Where the trees of namespaces are read, and where new ones go. Thread-safe. */
public interface TreeStorage {
  NodeSource nodes(NamespaceRow namespace);

  /** Begins to write nodes: they are kept alive until it is closed, and by the catalog then. */
  Writing begin(NamespaceRow namespace);

  /** Nodes that one catalog write will name. For one thread. */
  interface Writing extends NodeSink, AutoCloseable {
    /** Makes what was put durable; returns the packs for the catalog write. */
    List<LivePack> sync() throws IOException;

    /** Says that the catalog holds these packs now. */
    void recorded(List<LivePack> packs);

    /** To be closed after the catalog's commit, or when it is given up. */
    @Override
    void close();
  }
}

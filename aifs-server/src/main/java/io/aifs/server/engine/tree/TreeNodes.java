package io.aifs.server.engine.tree;

import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.layer.TreeBase;
import io.aifs.server.catalog.layer.TreeView;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.SnapshotTree;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a store: reads their nodes from the chunk stores of their domains. Made before
 * these, as the catalog needs it and they need the catalog. Thread-safe.
 */
public final class TreeNodes implements TreeBase {
  private final NodeCache cache = new NodeCache(NodeCache.BYTES_MAX);
  private final Map<DomainId, NodeSource> open = new ConcurrentHashMap<>();
  private volatile @Nullable Function<DomainId, ? extends ChunkSource> stores;

  /** Says where chunks are; before that no tree can be read. */
  public void attach(Function<DomainId, ? extends ChunkSource> chunkStores) {
    stores = chunkStores;
  }

  /** The nodes of a domain. */
  public NodeSource of(DomainId domain) {
    NodeSource known = open.get(domain);
    return known == null ? open(domain) : known;
  }

  /** {@inheritDoc} */
  @Override
  public TreeView view(DomainId domain, TreeRoot root) {
    return view(of(domain), root);
  }

  /** The nodes of a domain, each read from its store whenever it is asked for. */
  public static NodeSource unremembered(DomainId domain, ChunkSource chunks) {
    return new ChunkNodes(domain, chunks, new NodeCache(0));
  }

  /** A tree as overlays see it. */
  public static TreeView view(NodeSource nodes, TreeRoot root) {
    return root.isEmpty() ? TreeView.EMPTY : new SnapshotView(new SnapshotTree(nodes, root));
  }

  private NodeSource open(DomainId domain) {
    Function<DomainId, ? extends ChunkSource> from = stores;
    if (from == null) {
      throw new IllegalStateException("trees are read before there are chunk stores");
    }
    NodeSource nodes = new ChunkNodes(domain, from.apply(domain), cache);
    NodeSource before = open.putIfAbsent(domain, nodes);
    return before == null ? nodes : before;
  }
}

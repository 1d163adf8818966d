package io.aifs.server.engine.tree;

import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.layer.LayerRows;
import io.aifs.server.catalog.layer.LayerView;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.TreeEditor;
import java.io.IOException;

/** Writes the nodes of the tree that a frozen overlay and the tree below it come to. */
public final class TreeFold {
  private final Catalog catalog;
  private final NodeSource nodes;
  private final ChunkStore store;

  /**
   * @param nodes of the trees below overlays
   * @param store gets the new nodes
   */
  public TreeFold(Catalog catalog, NodeSource nodes, ChunkStore store) {
    this.catalog = catalog;
    this.nodes = nodes;
    this.store = store;
  }

  /** The root of the new tree. Its nodes are stored, but not synced. */
  public TreeRoot apply(WorkingTree tree) throws IOException {
    LayerRows rows = new CatalogRows(catalog, tree.frozen().orElseThrow());
    LayerView shown =
        new LayerView(
            rows,
            tree.frozenRanges(),
            TreeNodes.view(nodes, tree.root()),
            root -> TreeNodes.view(nodes, root));
    NodeWriter writer = new NodeWriter(store);
    TreeRoot root = TreeEditor.apply(nodes, writer, tree.root(), new FoldEdits(rows, shown));
    writer.flush();
    return root;
  }
}

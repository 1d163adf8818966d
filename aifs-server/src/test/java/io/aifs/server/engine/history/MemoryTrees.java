package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.catalog.layer.TreeBase;
import io.aifs.server.catalog.layer.TreeSums;
import io.aifs.server.catalog.layer.TreeView;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.model.LivePack;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.SnapshotTree;
import io.aifs.server.snapshot.TreeEdit;
import io.aifs.server.snapshot.TreeEditor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Trees in memory: read by the catalog, written by merges, and what working states fold into. */
final class MemoryTrees implements TreeStorage, TreeBase {
  private final Map<Digest, byte[]> nodes = new ConcurrentHashMap<>();

  /** Makes the trees of {@code catalog}'s working states, each from nothing. */
  Folding folding(Catalog catalog) {
    return (namespace, branch) ->
        catalog.write(
            writer -> {
              WorkingState state = writer.tree().state(namespace.number(), branch).orElseThrow();
              if (!state.changed()) {
                return state.roots();
              }
              SnapshotRoots roots =
                  new SnapshotRoots(paths(writer, namespace, branch), state.roots().unnamed());
              writer.tree().reset(namespace.number(), branch, roots);
              return roots;
            });
  }

  private TreeRoot paths(CatalogWriter writer, NamespaceRow namespace, Name branch) {
    List<PathEntry> entries =
        writer.tree().walk(namespace.number(), branch, TreePath.ROOT, Optional.empty(), 1_000_000);
    return build(entries);
  }

  /** The tree of these entries, which are in order. */
  TreeRoot build(List<PathEntry> entries) {
    Iterator<TreeEdit> edits =
        entries.stream().<TreeEdit>map(TreeEdit.Put::new).toList().iterator();
    try {
      return TreeEditor.apply(this::read, nodes::put, TreeRoot.EMPTY, edits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets a node, or changes one bit of it. */
  void damage(Digest id) {
    nodes.computeIfPresent(
        id,
        (_, bytes) -> {
          byte[] changed = bytes.clone();
          changed[changed.length / 2] ^= 1;
          return changed;
        });
  }

  private io.aifs.core.tree.TreeNode read(Digest id) {
    byte[] bytes = nodes.get(id);
    if (bytes == null || !Digest.of(bytes).equals(id)) {
      throw damaged(id);
    }
    try {
      return TreeNodeCodec.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AifsException.Corrupt damaged(Digest id) {
    return new AifsException.Corrupt(Reason.TREE_DAMAGED, "node " + id + " is damaged", "");
  }

  @Override
  public NodeSource nodes(NamespaceRow namespace) {
    return this::read;
  }

  @Override
  public Writing begin(NamespaceRow namespace) {
    return new Writing() {
      @Override
      public void put(Digest id, byte[] node) {
        nodes.put(id, node);
      }

      @Override
      public List<LivePack> sync() {
        return List.of();
      }

      @Override
      public void recorded(List<LivePack> packs) {
        // there are none
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  @Override
  public TreeView view(DomainId domain, TreeRoot root) {
    SnapshotTree tree = new SnapshotTree(this::read, root);
    return new TreeView() {
      @Override
      public Optional<PathEntry> at(byte[] key) {
        return key.length == 0
            ? Optional.empty()
            : tree.find(new TreePath(new String(key, java.nio.charset.StandardCharsets.UTF_8)));
      }

      @Override
      public Iterator<PathEntry> entries(byte[] first, byte[] end) {
        return tree.entries(first, end);
      }

      @Override
      public TreeSums sums(byte[] first, byte[] end) {
        io.aifs.server.snapshot.TreeSums sums = tree.sums(first, end);
        return new TreeSums(sums.entries(), sums.bytes(), sums.longestPath());
      }
    };
  }
}

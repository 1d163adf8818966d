package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.TreePart;
import java.util.List;
import java.util.Set;

/**
 * Changes of working states; each as the method of {@code TreeWriter} or {@code WorkingWriter} that
 * has its name.
 */
public sealed interface TreeOp extends JournalOp {
  record PutAll(long namespace, Name branch, List<PathEntry> entries) implements TreeOp {
    public PutAll {
      entries = List.copyOf(entries);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().putAll(namespace, branch, entries);
    }
  }

  record RemoveAll(long namespace, Name branch, List<TreePath> paths) implements TreeOp {
    public RemoveAll {
      paths = List.copyOf(paths);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().removeAll(namespace, branch, paths);
    }
  }

  record RemoveBelow(long namespace, Name branch, TreePath prefix) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().removeBelow(namespace, branch, prefix);
    }
  }

  /** No longer written: from before there were trees below overlays. */
  record RemovePathsOf(long namespace, Digest asset) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer
          .tree()
          .pathsOf(namespace, Set.of(asset), Integer.MAX_VALUE)
          .getOrDefault(asset, AssetPaths.NONE)
          .some()
          .forEach(
              place -> writer.tree().removeAll(namespace, place.branch(), List.of(place.path())));
    }
  }

  record Move(long namespace, Name branch, TreePath from, TreePath to) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().move(namespace, branch, from, to);
    }
  }

  record Graft(long namespace, Name branch, TreePath to, TreeRoot root, TreePath source)
      implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().graft(namespace, branch, to, root, source);
    }
  }

  record Freeze(long namespace, Name branch, TreePart part) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.working().freeze(namespace, branch, part);
    }
  }

  record Folded(long namespace, Name branch, TreePart part, long frozen, TreeRoot root)
      implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.working().folded(namespace, branch, part, frozen, root);
    }
  }

  record Reset(long namespace, Name branch, SnapshotRoots roots) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().reset(namespace, branch, roots);
    }
  }
}

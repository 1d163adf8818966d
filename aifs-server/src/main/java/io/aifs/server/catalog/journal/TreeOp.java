package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogWriter;
import java.util.List;

/** Changes of working states; each as the method of {@code TreeWriter} that has its name. */
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

  record RemovePathsOf(long namespace, Digest asset) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().removePathsOf(namespace, asset);
    }
  }

  record Move(long namespace, Name branch, TreePath from, TreePath to) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().move(namespace, branch, from, to);
    }
  }

  record Reset(long namespace, Name branch, SnapshotRoots roots) implements TreeOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().reset(namespace, branch, roots);
    }
  }
}

package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.CatalogWriter;
import java.util.List;
import java.util.Set;

/** Changes of paths; each as the method of {@code TreeWriter} that has its name. */
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
}

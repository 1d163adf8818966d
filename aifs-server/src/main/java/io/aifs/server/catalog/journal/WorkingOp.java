package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.TreePart;

/**
 * Changes of what working states are made of; each as the method of {@code TreeWriter} or {@code
 * WorkingWriter} that has its name.
 */
public sealed interface WorkingOp extends JournalOp {
  record Reset(long namespace, Name branch, SnapshotRoots roots) implements WorkingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().reset(namespace, branch, roots);
    }
  }

  record Graft(long namespace, Name branch, TreePath to, TreeRoot root, TreePath source)
      implements WorkingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tree().graft(namespace, branch, to, root, source);
    }
  }

  record Freeze(long namespace, Name branch, TreePart part) implements WorkingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.journal().restoreFreeze(namespace, branch, part);
    }
  }

  record Folded(long namespace, Name branch, TreePart part, long frozen, TreeRoot root)
      implements WorkingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.journal().restoreFold(namespace, branch, part, root);
    }
  }
}

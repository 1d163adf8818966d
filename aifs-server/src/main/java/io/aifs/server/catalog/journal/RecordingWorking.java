package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.WorkingWriter;
import io.aifs.server.catalog.layer.LayerRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records what overlays are replaced by. Rows that nothing needs go without a word. */
record RecordingWorking(WorkingWriter writer, Consumer<JournalOp> ops) implements WorkingWriter {
  @Override
  public WorkingTree freeze(long namespace, Name branch, TreePart part) {
    Optional<WorkingTree> before = writer.tree(namespace, branch, part);
    WorkingTree after = writer.freeze(namespace, branch, part);
    if (!before.equals(Optional.of(after))) {
      ops.accept(new WorkingOp.Freeze(namespace, branch, part));
    }
    return after;
  }

  @Override
  public boolean folded(long namespace, Name branch, TreePart part, long frozen, TreeRoot root) {
    boolean done = writer.folded(namespace, branch, part, frozen, root);
    if (done) {
      ops.accept(new WorkingOp.Folded(namespace, branch, part, frozen, root));
    }
    return done;
  }

  @Override
  public long dropLeftOver(int limit) {
    return writer.dropLeftOver(limit);
  }

  @Override
  public Optional<WorkingTree> tree(long namespace, Name branch, TreePart part) {
    return writer.tree(namespace, branch, part);
  }

  @Override
  public List<WorkingTree> trees(long namespace) {
    return writer.trees(namespace);
  }

  @Override
  public List<TreeRoot> grafted(long namespace) {
    return writer.grafted(namespace);
  }

  @Override
  public long rowCount(long layer, long most) {
    return writer.rowCount(layer, most);
  }

  @Override
  public boolean names(WorkingTree tree, Digest asset) {
    return writer.names(tree, asset);
  }

  @Override
  public Optional<LayerRow> find(long layer, byte[] key) {
    return writer.find(layer, key);
  }

  @Override
  public List<LayerRow> rows(long layer, byte[] first, byte[] end, int limit) {
    return writer.rows(layer, first, end, limit);
  }
}

package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.catalog.TreeWriter;
import io.aifs.server.catalog.WorkingState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Records changes of working states; what changed nothing is left out. */
record RecordingTree(TreeWriter writer, Consumer<JournalOp> ops) implements TreeWriter {
  @Override
  public int putAll(long namespace, Name branch, Collection<PathEntry> entries) {
    int added = writer.putAll(namespace, branch, entries);
    if (!entries.isEmpty()) {
      ops.accept(new TreeOp.PutAll(namespace, branch, List.copyOf(entries)));
    }
    return added;
  }

  @Override
  public int removeAll(long namespace, Name branch, List<TreePath> paths) {
    int removed = writer.removeAll(namespace, branch, paths);
    if (removed > 0) {
      ops.accept(new TreeOp.RemoveAll(namespace, branch, List.copyOf(paths)));
    }
    return removed;
  }

  @Override
  public long removeBelow(long namespace, Name branch, TreePath prefix) {
    long removed = writer.removeBelow(namespace, branch, prefix);
    // Also of nothing: it may have put rows that say so.
    ops.accept(new TreeOp.RemoveBelow(namespace, branch, prefix));
    return removed;
  }

  @Override
  public long move(long namespace, Name branch, TreePath from, TreePath to) {
    long moved = writer.move(namespace, branch, from, to);
    if (moved > 0) {
      ops.accept(new TreeOp.Move(namespace, branch, from, to));
    }
    return moved;
  }

  @Override
  public void graft(long namespace, Name branch, TreePath to, TreeRoot root, TreePath source) {
    writer.graft(namespace, branch, to, root, source);
    ops.accept(new WorkingOp.Graft(namespace, branch, to, root, source));
  }

  @Override
  public void reset(long namespace, Name branch, SnapshotRoots roots) {
    writer.reset(namespace, branch, roots);
    ops.accept(new WorkingOp.Reset(namespace, branch, roots));
  }

  @Override
  public Optional<WorkingState> state(long namespace, Name branch) {
    return writer.state(namespace, branch);
  }

  @Override
  public Optional<PathEntry> find(long namespace, Name branch, TreePath path) {
    return writer.find(namespace, branch, path);
  }

  @Override
  public List<PathEntry> children(
      long namespace, Name branch, TreePath directory, Optional<String> after, int limit) {
    return writer.children(namespace, branch, directory, after, limit);
  }

  @Override
  public List<PathEntry> walk(
      long namespace, Name branch, TreePath prefix, Optional<TreePath> after, int limit) {
    return writer.walk(namespace, branch, prefix, after, limit);
  }

  @Override
  public Optional<AssetPaths.Place> anyPathOf(long namespace, Digest asset) {
    return writer.anyPathOf(namespace, asset);
  }

  @Override
  public Map<Digest, AssetPaths> pathsOf(long namespace, Set<Digest> assets, int limitEach) {
    return writer.pathsOf(namespace, assets, limitEach);
  }

  @Override
  public TreeUsage usage(long namespace, Name branch, TreePath path) {
    return writer.usage(namespace, branch, path);
  }
}

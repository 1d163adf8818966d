package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Makes trees out of trees. What comes out depends on the entries alone: it is, bit for bit, what a
 * tree built from nothing would be. Reads and writes the nodes that change, and those beside them;
 * memory does not grow with the number of edits.
 */
public final class TreeEditor {
  private final OldTree base;
  private final NodeSink sink;
  private final LevelEditor<PathEntry> leaves;
  private final List<LevelEditor<ChildRef>> inners = new ArrayList<>();
  private byte[] lastKey = StoredNodes.BEFORE_ALL;
  private boolean lastIsClear = true;

  private TreeEditor(NodeSource source, NodeSink sink, TreeRoot base) {
    this.base = new OldTree(source, base);
    this.sink = sink;
    this.leaves =
        new LevelEditor<>(new NodeKind.Leaves(), this.base.cursor(0), sink, () -> inner(1));
  }

  /**
   * Applies edits to a tree.
   *
   * @param source where nodes of {@code base} are read; nodes of the new tree are not
   * @param sink gets every node of the new tree that is not one of {@code base}, children first
   * @param edits in order of their {@link TreeEdit#key}, at most one {@code Put} or {@code Remove}
   *     of a path; a {@code Clear} before those of its first path. What a {@code Clear} covers may
   *     be put again by those that follow.
   * @throws IllegalArgumentException if they are in another order, or one is of the empty path
   */
  public static TreeRoot apply(
      NodeSource source, NodeSink sink, TreeRoot base, Iterator<TreeEdit> edits)
      throws IOException {
    if (!edits.hasNext()) {
      return base;
    }
    TreeEditor editor = new TreeEditor(source, sink, base);
    while (edits.hasNext()) {
      editor.apply(edits.next());
    }
    return editor.finish();
  }

  private void apply(TreeEdit edit) throws IOException {
    byte[] key = edit.key();
    requireOrder(edit, key);
    switch (edit) {
      case TreeEdit.Put put -> leaves.put(key, put.entry());
      case TreeEdit.Remove _ -> leaves.remove(key);
      case TreeEdit.Clear clear -> leaves.clear(key, clear.end());
    }
  }

  private void requireOrder(TreeEdit edit, byte[] key) {
    boolean isClear = edit instanceof TreeEdit.Clear;
    int order = Arrays.compareUnsigned(lastKey, key);
    if (order > 0 || (order == 0 && !lastIsClear)) {
      throw new IllegalArgumentException("edits are not in order of their keys");
    }
    if (key.length == 0 && !isClear) {
      throw new IllegalArgumentException("path of an edit is empty");
    }
    lastKey = key;
    lastIsClear = isClear;
  }

  private TreeRoot finish() throws IOException {
    Optional<TreeRoot> root = leaves.finish();
    for (int level = 1; root.isEmpty(); level++) {
      boolean isAsItWas = level > inners.size(); // then so is everything above
      root = isAsItWas ? Optional.of(base.root()) : inner(level).finish();
    }
    return root.get();
  }

  private LevelEditor<ChildRef> inner(int level) {
    if (level > inners.size()) {
      inners.add(
          new LevelEditor<>(
              new NodeKind.Inners(level), base.cursor(level), sink, () -> inner(level + 1)));
    }
    return inners.get(level - 1);
  }
}

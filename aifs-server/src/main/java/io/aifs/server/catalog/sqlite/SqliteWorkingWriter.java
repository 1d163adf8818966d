package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.WorkingWriter;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes what working states are made of. */
final class SqliteWorkingWriter extends SqliteWorkingReader implements WorkingWriter {
  SqliteWorkingWriter(Session session) {
    super(session);
  }

  @Override
  public WorkingTree freeze(long namespace, Name branch, TreePart part) {
    WorkingTree tree = require(namespace, branch, part);
    if (tree.frozen().isPresent() || rowCount(tree.layer(), 1) == 0) {
      return tree;
    }
    freeze(part, tree);
    return require(namespace, branch, part);
  }

  /** Freezes an overlay though it may be empty, in the place of one that is frozen already. */
  void freezeAnyway(long namespace, Name branch, TreePart part) {
    freeze(part, require(namespace, branch, part));
  }

  private void freeze(TreePart part, WorkingTree tree) {
    session.update(
        "UPDATE working_tree SET frozen = layer, frozen_ranges = ranges, layer = ?, ranges = 0"
            + " WHERE part = ? AND layer = ?",
        nextLayer(),
        part.code(),
        tree.layer());
  }

  @Override
  public boolean folded(long namespace, Name branch, TreePart part, long frozen, TreeRoot root) {
    Optional<WorkingTree> tree = tree(namespace, branch, part);
    boolean there = tree.filter(one -> one.frozen().equals(OptionalLong.of(frozen))).isPresent();
    if (there) {
      foldAnyway(namespace, branch, part, root);
    }
    return there;
  }

  /** Makes a tree the one below the overlay that takes changes. */
  void foldAnyway(long namespace, Name branch, TreePart part, TreeRoot root) {
    session.update(
        "UPDATE working_tree SET frozen = NULL, frozen_ranges = 0, root = ?"
            + " WHERE part = ? AND layer = ?",
        RootCodec.encode(root),
        part.code(),
        require(namespace, branch, part).layer());
  }

  /** Gives a branch a working state that is this tree alone; returns its overlay. */
  long reset(long branch, TreePart part, TreeRoot root) {
    long layer = nextLayer();
    session.update(
        "INSERT INTO working_tree (branch, part, layer, ranges, frozen, frozen_ranges, root)"
            + " VALUES (?, ?, ?, 0, NULL, 0, ?) ON CONFLICT (branch, part) DO UPDATE SET"
            + " layer = excluded.layer, ranges = 0, frozen = NULL, frozen_ranges = 0,"
            + " root = excluded.root",
        branch,
        part.code(),
        layer,
        RootCodec.encode(root));
    return layer;
  }

  /** Says that an overlay has rows about ranges. */
  void markRanges(long layer) {
    session.update("UPDATE working_tree SET ranges = 1 WHERE layer = ? AND ranges = 0", layer);
  }

  @Override
  public long dropLeftOver(int limit) {
    long removed = 0;
    long after = -1;
    OptionalLong layer = layerAfter(after);
    while (layer.isPresent() && removed < limit) {
      after = layer.getAsLong();
      if (!session.exists(
          "SELECT 1 FROM working_tree WHERE layer = ? OR frozen = ?", after, after)) {
        removed +=
            session.update(
                "DELETE FROM tree_entry WHERE layer = ? AND path IN"
                    + " (SELECT path FROM tree_entry WHERE layer = ? LIMIT ?)",
                after,
                after,
                limit - removed);
      }
      layer = layerAfter(after);
    }
    return removed;
  }

  private OptionalLong layerAfter(long layer) {
    return session
        .first(
            "SELECT layer FROM tree_entry WHERE layer > ? ORDER BY layer LIMIT 1",
            row -> OptionalLong.of(row.integer(1)),
            layer)
        .orElse(OptionalLong.empty());
  }

  private long nextLayer() {
    // Not from the counter alone: behind a gap of the journal it may be older than the rows.
    session.update(
        "INSERT INTO counter (name, value) VALUES ('layer', 1) ON CONFLICT (name) DO UPDATE SET"
            + " value = 1 + max(value, (SELECT coalesce(max(layer), 0) FROM working_tree),"
            + " (SELECT coalesce(max(frozen), 0) FROM working_tree),"
            + " (SELECT coalesce(max(layer), 0) FROM tree_entry))");
    return session
        .first("SELECT value FROM counter WHERE name = 'layer'", row -> row.integer(1))
        .orElseThrow();
  }

  private WorkingTree require(long namespace, Name branch, TreePart part) {
    return tree(namespace, branch, part)
        .orElseThrow(() -> new IllegalStateException("no such branch: " + branch));
  }
}

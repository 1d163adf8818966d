package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.PathEntry;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.catalog.layer.LayerRow;
import io.aifs.server.catalog.layer.LayerView;
import io.aifs.server.catalog.layer.Mark;
import java.util.Optional;

/**
 * Changes the overlay of one tree. A key that is removed gets a row that says so if anything lies
 * below the overlay, whatever that is.
 */
final class Overlay {
  private final EntryTable rows;
  private final SqliteWorkingWriter working;
  private final long layer;
  private final boolean hasLower;
  private final LayerView view;

  /** Whether the tree is known to have rows about ranges. */
  private boolean ranges;

  Overlay(Session session, WorkingTree tree, LayerView view) {
    this.rows = new EntryTable(session, tree.layer());
    this.working = new SqliteWorkingWriter(session);
    this.layer = tree.layer();
    this.hasLower = tree.hasLower();
    this.view = view;
    this.ranges = tree.ranges();
  }

  /** Returns whether the path names something that it did not name before. */
  boolean put(PathEntry entry) {
    LayerRow row = new LayerRow(entry.path().toUtf8(), new Mark.Entry(entry.entry()));
    boolean isNew = !hasLower || view.at(row.key()).isEmpty();
    if (rows.insert(row)) {
      return isNew;
    }
    rows.replace(row);
    return hasLower && isNew;
  }

  /** Returns whether there was anything. */
  boolean remove(byte[] key) {
    if (!hasLower) {
      return rows.delete(key);
    }
    boolean was = view.at(key).isPresent();
    hide(key); // in any case: when a journal is replayed, what lies below is not seen
    return was;
  }

  /** Removes what is at and below a path. */
  void clear(byte[] path) {
    rows.delete(Keys.firstBelow(path), Keys.endBelow(path));
    hide(path);
    if (hasLower) {
      putRange(path, new Mark.Nothing());
    }
  }

  /** Moves what is at and below {@code from}; nothing shows at or below {@code to}. */
  void move(byte[] from, byte[] to) {
    Mark at = rows.find(from).map(LayerRow::mark).orElseGet(() -> lowerMark(from));
    Mark below = lowerMark(Keys.rangeOf(from));
    rows.delete(Keys.firstBelow(to), Keys.endBelow(to));
    rows.delete(Keys.rangeOf(from));
    byte[] prefix = Keys.prefixBelow(from);
    rows.reprefix(Keys.firstBelow(from), Keys.endBelow(from), prefix.length, Keys.prefixBelow(to));
    hide(from);
    hide(to);
    if (!(at instanceof Mark.Nothing)) {
      rows.put(new LayerRow(to, at));
    }
    if (hasLower) {
      putRange(from, new Mark.Nothing());
      putRange(to, below);
    }
  }

  /** Makes what is at and below {@code to} what another tree has at and below a path. */
  void graft(byte[] to, TreeRoot root, byte[] source) {
    clear(to);
    if (!root.isEmpty()) {
      Mark graft = new Mark.Graft(Optional.of(root), source);
      rows.put(new LayerRow(to, graft));
      putRange(to, graft);
    }
  }

  /** The mark that shows elsewhere what lies below the overlay at a key. */
  private Mark lowerMark(byte[] key) {
    return hasLower ? view.below(key) : new Mark.Nothing();
  }

  private void hide(byte[] key) {
    if (hasLower) {
      rows.put(new LayerRow(key, new Mark.Nothing()));
    } else {
      rows.delete(key);
    }
  }

  private void putRange(byte[] path, Mark mark) {
    rows.put(new LayerRow(Keys.rangeOf(path), mark));
    if (!ranges) {
      working.markRanges(layer);
      ranges = true;
    }
  }
}

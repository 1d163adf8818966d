package io.aifs.server.engine.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.catalog.layer.LayerRow;
import io.aifs.server.catalog.layer.LayerRows;
import io.aifs.server.catalog.layer.Mark;
import io.aifs.server.catalog.layer.TreeView;
import io.aifs.server.snapshot.TreeEdit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of an overlay do to the tree that it lies on, in order of key. Where a row is about
 * a range, all of the range is cleared and what the overlay shows there is put. Not thread-safe.
 */
final class FoldEdits implements Iterator<TreeEdit> {
  private static final int ROWS_AT_A_TIME = 4_096;
  private static final byte[] ROOT = {};
  private static final byte[] ALL_END = Keys.endBelow(ROOT);

  private final LayerRows rows;
  private final TreeView shown;
  private final Deque<LayerRow> page = new ArrayDeque<>();

  /** What the overlay shows in the range that was cleared last. */
  private Iterator<PathEntry> range = Collections.emptyIterator();

  private byte[] at = Keys.firstBelow(ROOT);
  private boolean lastPage;
  private @Nullable TreeEdit next;

  /**
   * @param rows of the overlay
   * @param shown the overlay on its tree
   */
  FoldEdits(LayerRows rows, TreeView shown) {
    this.rows = rows;
    this.shown = shown;
    if (rows.find(Keys.rangeOf(ROOT)).isPresent()) {
      next = clear(at, ALL_END);
    }
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (range.hasNext()) {
        next = new TreeEdit.Put(range.next());
      } else {
        Optional<LayerRow> row = nextRow();
        if (row.isEmpty()) {
          return false;
        }
        next = edit(row.get());
      }
    }
    return true;
  }

  @Override
  public TreeEdit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TreeEdit edit = requireNonNull(next);
    next = null;
    return edit;
  }

  private TreeEdit edit(LayerRow row) {
    if (row.isRange()) {
      return clear(row.key(), Keys.endOf(row.key()));
    }
    return switch (row.mark()) {
      case Mark.Entry(var entry) -> new TreeEdit.Put(new PathEntry(row.path(), entry));
      case Mark.Nothing _ -> new TreeEdit.Remove(row.path());
      case Mark.Graft _ ->
          shown
              .at(row.key())
              .<TreeEdit>map(TreeEdit.Put::new)
              .orElseGet(() -> new TreeEdit.Remove(row.path()));
    };
  }

  /** Goes on behind the range: its rows are in what is shown there. */
  private TreeEdit clear(byte[] first, byte[] end) {
    range = shown.entries(first, end);
    page.removeIf(row -> Arrays.compareUnsigned(row.key(), end) < 0);
    if (page.isEmpty()) {
      at = end;
      lastPage = lastPage || Arrays.compareUnsigned(end, ALL_END) >= 0;
    }
    return new TreeEdit.Clear(first, end);
  }

  private Optional<LayerRow> nextRow() {
    if (page.isEmpty() && !lastPage) {
      List<LayerRow> read = rows.list(at, ALL_END, ROWS_AT_A_TIME);
      lastPage = read.size() < ROWS_AT_A_TIME;
      page.addAll(read);
      if (!read.isEmpty()) {
        at = Keys.next(read.getLast().key());
      }
    }
    return Optional.ofNullable(page.poll());
  }
}

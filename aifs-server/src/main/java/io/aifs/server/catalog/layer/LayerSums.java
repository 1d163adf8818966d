package io.aifs.server.catalog.layer;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Sums over an overlay and what lies below: that of each gap between rows is asked for as a whole.
 * Not thread-safe.
 */
final class LayerSums {
  private final LayerView view;
  private final LayerRows rows;
  private final Deque<Region> regions = new ArrayDeque<>();
  private TreeSums sums = TreeSums.ZERO;

  /** What is summed up so far ends here. */
  private byte[] at = {};

  LayerSums(LayerView view, LayerRows rows) {
    this.view = view;
    this.rows = rows;
  }

  TreeSums between(byte[] first, byte[] end) {
    view.regionsOf(first).forEach(regions::addLast);
    at = first;
    RowReader reader = new RowReader(rows, first, end);
    for (Optional<LayerRow> row = reader.peek(); row.isPresent(); row = reader.peek()) {
      addGap(row.get().key());
      if (row.get().isRange()) {
        regions.addLast(view.region(row.get()));
      } else {
        view.shown(row.get()).ifPresent(this::add);
        at = Keys.next(row.get().key());
      }
      reader.skip();
    }
    addGap(end);
    return sums;
  }

  private void addGap(byte[] to) {
    while (Arrays.compareUnsigned(regions.getLast().end(), to) < 0) {
      Region left = regions.removeLast();
      addGap(left, left.end());
    }
    addGap(regions.getLast(), to);
  }

  private void addGap(Region region, byte[] to) {
    if (Arrays.compareUnsigned(at, to) < 0) {
      sums = sums.plus(region.sums(at, to));
      at = to;
    }
  }

  private void add(PathEntry entry) {
    long bytes = entry.entry() instanceof TreeEntry.File file ? file.size() : 0;
    sums = sums.plus(new TreeSums(1, bytes, entry.path().toUtf8().length));
  }
}

package io.aifs.server.catalog.layer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of an overlay in order of key, read in batches that grow. Not thread-safe. */
final class RowReader {
  private static final int BATCH_MIN = 1;
  private static final int BATCH_MAX = 1_024;
  private static final int GROWTH = 8;

  private final LayerRows rows;
  private final byte[] end;
  private final Deque<LayerRow> read = new ArrayDeque<>();
  private byte[] next;
  private int batch = BATCH_MIN;
  private boolean exhausted;

  RowReader(LayerRows rows, byte[] first, byte[] end) {
    this.rows = rows;
    this.next = first;
    this.end = end;
  }

  /** The next row, which stays the next. */
  Optional<LayerRow> peek() {
    if (read.isEmpty() && !exhausted) {
      List<LayerRow> page = rows.list(next, end, batch);
      exhausted = page.size() < batch;
      if (!page.isEmpty()) {
        next = Keys.next(page.getLast().key());
      }
      batch = Math.min(BATCH_MAX, batch * GROWTH);
      // The root's range sorts among what it is about: whoever reads has asked for it before.
      page.stream().filter(row -> !Keys.isRootRange(row.key())).forEach(read::add);
      if (read.isEmpty() && !exhausted) {
        return peek();
      }
    }
    @Nullable LayerRow first = read.peek();
    return Optional.ofNullable(first);
  }

  void skip() {
    read.remove();
  }
}

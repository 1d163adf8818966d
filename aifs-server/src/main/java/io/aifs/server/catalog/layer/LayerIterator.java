package io.aifs.server.catalog.layer;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges the rows of an overlay with what lies below, region by region: where a row opens a region,
 * what lies below is read from elsewhere until the region ends. Not thread-safe.
 */
final class LayerIterator implements Iterator<PathEntry> {
  private final LayerView view;
  private final RowReader rows;
  private final byte[] end;

  /** The innermost last. */
  private final Deque<Region> regions = new ArrayDeque<>();

  private Iterator<PathEntry> below = Collections.emptyIterator();
  private @Nullable PathEntry belowNext;
  private @Nullable PathEntry next;
  private boolean done;

  LayerIterator(LayerView view, LayerRows rows, byte[] first, byte[] end) {
    this.view = view;
    this.rows = new RowReader(rows, first, end);
    this.end = end;
    view.regionsOf(first).forEach(regions::addLast);
    readBelow(first);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !done) {
      advance();
    }
    return next != null;
  }

  @Override
  public PathEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    PathEntry found = requireNonNull(next);
    next = null;
    return found;
  }

  private void advance() {
    Region region = regions.getLast();
    Optional<LayerRow> row =
        rows.peek().filter(peeked -> Arrays.compareUnsigned(peeked.key(), region.end()) < 0);
    if (row.isEmpty() && belowNext == null) {
      leaveRegion();
    } else if (row.isPresent() && order(row.get()) <= 0) {
      takeRow(row.get());
    } else {
      next = belowNext;
      advanceBelow();
    }
  }

  /** How the row's key compares to the next one below. */
  private int order(LayerRow row) {
    return belowNext == null ? -1 : Arrays.compareUnsigned(row.key(), belowNext.path().toUtf8());
  }

  private void takeRow(LayerRow row) {
    if (row.isRange()) {
      regions.addLast(view.region(row));
      readBelow(row.key());
    } else {
      if (order(row) == 0) {
        advanceBelow();
      }
      next = view.shown(row).orElse(null);
    }
    rows.skip();
  }

  private void leaveRegion() {
    Region left = regions.removeLast();
    if (regions.isEmpty() || Arrays.compareUnsigned(left.end(), end) >= 0) {
      done = true;
    } else {
      readBelow(left.end());
    }
  }

  private void readBelow(byte[] first) {
    Region region = regions.getLast();
    byte[] last = Keys.min(region.end(), end);
    below =
        Arrays.compareUnsigned(first, last) < 0
            ? region.entries(first, last)
            : Collections.emptyIterator();
    advanceBelow();
  }

  private void advanceBelow() {
    belowNext = below.hasNext() ? below.next() : null;
  }
}

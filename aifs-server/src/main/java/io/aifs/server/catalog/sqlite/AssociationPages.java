package io.aifs.server.catalog.sqlite;

import io.aifs.core.Limits;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a page of rows of which one more is read than it holds; much data ends it earlier. */
final class AssociationPages {
  private final int limit;
  private final List<AssociationRow> rows = new ArrayList<>();
  private String tail = "";
  private boolean more;

  private long bytes;

  AssociationPages(int limit) {
    this.limit = limit;
  }

  /** Takes a row; returns whether it has room for another, or to see that there is one. */
  boolean add(AssociationRow row, String rowTail) {
    more = rows.size() == limit || bytes > Limits.BATCH_BYTES_MAX;
    if (!more) {
      bytes += row.data().bytes().length;
      rows.add(row);
      tail = rowTail;
    }
    return !more;
  }

  AssociationPage page() {
    return new AssociationPage(
        rows,
        more && !rows.isEmpty()
            ? Optional.of(
                new AssociationPage.Position(
                    rows.getLast().timeNanos(), rows.getLast().id2(), tail))
            : Optional.empty());
  }
}

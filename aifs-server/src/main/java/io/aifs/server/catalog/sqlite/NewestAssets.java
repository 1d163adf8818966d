package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetFilter;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.EventRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Newest first without an index that every asset would pay for: the events that made assets visible
 * are walked backwards. An asset counts where its row says it was born; elsewhere it was put again,
 * deleted or revived later.
 */
final class NewestAssets {
  /** Looked at on one page, so that a call ends in time whatever it looks for. */
  static final int LOOKED_AT_MAX = 10_000;

  private final Session session;
  private final AssetTable table;
  private final long namespace;
  private final AssetFilter filter;
  private final List<AssetRow> page = new ArrayList<>();
  private AssetPage.Birth last = new AssetPage.Birth(Long.MAX_VALUE, 0);
  private int lookedAt;
  private boolean more;
  private int skip;
  private int limit;

  NewestAssets(Session session, long namespace, AssetFilter filter) {
    this.filter = filter;
    this.session = session;
    this.table = new AssetTable(session);
    this.namespace = namespace;
  }

  AssetPage page(Optional<AssetPage.Position> before, int toSkip, int toReturn) {
    skip = toSkip;
    limit = toReturn;
    AssetPage.Birth start = before.map(NewestAssets::birth).orElse(last);
    // No asset is younger than its birth: what was born earlier was made earlier.
    session.each(
        "SELECT sequence, assets FROM event"
            + " WHERE namespace = ? AND sequence <= ? AND type = ? AND at >= ?"
            + " ORDER BY sequence DESC",
        row -> {
          long sequence = row.integer(1);
          byte[] packed = row.blob(2);
          int end = sequence == start.event() ? start.index() : Integer.MAX_VALUE;
          return walk(sequence, PackedIds.unpack(packed), end);
        },
        namespace,
        start.event(),
        EventRow.ASSET_PUT,
        filter.createdFrom().map(Nanos::ofNearest).orElse(Long.MIN_VALUE));
    return new AssetPage(page, more ? Optional.of(last) : Optional.empty());
  }

  private static AssetPage.Birth birth(AssetPage.Position position) {
    if (position instanceof AssetPage.Birth birth) {
      return birth;
    }
    throw new IllegalArgumentException("the position is of a listing in another order");
  }

  /** Takes the assets of an event from the highest index below {@code end} down. */
  private boolean walk(long sequence, List<Digest> ids, int end) {
    int from = Math.min(end, ids.size());
    // An id that stands twice counts at its highest index, maybe on the page before.
    Set<Digest> passed = new HashSet<>(ids.subList(from, ids.size()));
    for (int index = from - 1; index >= 0; index--) {
      Digest id = ids.get(index);
      if (passed.add(id) && !take(id, sequence, index)) {
        return false;
      }
    }
    return true;
  }

  /** Returns false once one more than the page holds is known to exist. */
  private boolean take(Digest id, long sequence, int index) {
    if (skip > 0 && filter.equals(AssetFilter.ALL)) {
      skip -= table.isBornAt(namespace, id.toBytes(), sequence) ? 1 : 0;
      return true;
    }
    Optional<AssetRow> row = table.find(namespace, id.toBytes());
    if (row.isEmpty() || row.get().bornAt() != sequence) {
      return true;
    }
    if (page.size() == limit) {
      more = true;
      return false;
    }
    last = new AssetPage.Birth(sequence, index);
    if (!filter.matches(row.get().info())) {
      lookedAt++;
      more = lookedAt == LOOKED_AT_MAX;
      return !more;
    }
    if (skip > 0) {
      skip--;
    } else {
      page.add(row.get());
    }
    return true;
  }
}

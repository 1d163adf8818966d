package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeLevel;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageSide;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The edges of many assets, a statement for many of them. The statement's outer loop goes over the
 * assets, so an asset's edges come together; down, the index has the newest first. Of an asset with
 * far more edges than are wanted the rest is not read: the statement begins again with the next.
 */
final class LevelQuery {
  /** Rows that are passed over before a statement begins again, which costs more than those. */
  private static final int PASSED_MAX = 256;

  /** An asset's edges upward are few, and have to be sorted. */
  private static final Comparator<EdgeRow> NEWEST_FIRST =
      Comparator.comparing(EdgeRow::at)
          .reversed()
          .thenComparing(EdgeRow::parent)
          .thenComparing(row -> utf8(row.edge().transformName()), Arrays::compareUnsigned)
          .thenComparing(row -> utf8(row.edge().transformDigest()), Arrays::compareUnsigned);

  private final Session session;
  private final long namespace;
  private final LineageSide side;
  private final EdgeFilter filter;
  private final int fanOut;
  private final long seenMax;
  private final List<EdgeRow> edges = new ArrayList<>();
  private final Set<Digest> fannedOut = new HashSet<>();
  private long seen;
  private boolean complete = true;

  /** The asset whose rows are read: its slot, its rows, and how many of these are beyond. */
  private int slot;

  private final List<EdgeRow> rows = new ArrayList<>();
  private int passed;

  LevelQuery(
      Session session,
      long namespace,
      LineageSide side,
      EdgeFilter filter,
      int fanOut,
      long seenMax) {
    this.session = session;
    this.namespace = namespace;
    this.side = side;
    this.filter = filter;
    this.fanOut = fanOut;
    this.seenMax = seenMax;
  }

  boolean full() {
    return !complete;
  }

  EdgeLevel result() {
    return new EdgeLevel(edges, fannedOut, seen, complete);
  }

  void add(List<Digest> assets) {
    byte[] packed = PackedIds.pack(assets);
    int next = 0;
    while (next < assets.size()) {
      slot = next;
      int first = next;
      boolean[] stopped = {false};
      session.each(
          sql(),
          row -> {
            boolean more = visit(row, assets);
            stopped[0] = !more;
            return more;
          },
          first,
          assets.size(),
          namespace,
          packed,
          Nanos.ofNearest(filter.since()),
          Nanos.ofNearest(filter.until()));
      flush(assets.get(slot));
      if (!complete) {
        return;
      }
      next = stopped[0] ? slot + 1 : assets.size();
    }
  }

  private String sql() {
    boolean up = side == LineageSide.PARENTS;
    return SqliteLineageReader.SLOTS
        + "SELECT s.n, e."
        + (up ? "parent" : "child")
        + ", e.transform_name, e.transform_digest, e.at FROM slot s CROSS JOIN edge e "
        + (up ? "" : "INDEXED BY edge_by_parent")
        + " WHERE e.namespace = ? AND e."
        + (up ? "child" : "parent")
        + " = "
        + SqliteLineageReader.SLOT_ID
        + " AND e.at >= ? AND e.at < ?";
  }

  /** Returns false once this statement has no more to say. */
  private boolean visit(Row row, List<Digest> assets) throws SQLException {
    int at = (int) row.integer(1);
    if (at != slot) {
      flush(assets.get(slot));
      slot = at;
    }
    if (seen == seenMax) {
      complete = false;
      return false;
    }
    seen++;
    EdgeRow edge = edge(row, assets.get(slot));
    if (!filter.accepts(edge)) {
      return true;
    }
    if (side == LineageSide.CHILDREN && rows.size() == fanOut) {
      passed++;
      return passed < PASSED_MAX;
    }
    rows.add(edge);
    return true;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private EdgeRow edge(Row row, Digest own) throws SQLException {
    Digest other = row.digest(2);
    boolean up = side == LineageSide.PARENTS;
    return new EdgeRow(
        up ? own : other,
        new ParentEdge(up ? other : own, row.text(3), row.text(4)),
        Nanos.instant(row.integer(5)));
  }

  private void flush(Digest own) {
    if (side == LineageSide.PARENTS) {
      rows.sort(NEWEST_FIRST);
    }
    @Nullable EdgeRow beyond = rows.size() > fanOut ? rows.get(fanOut) : null;
    if (passed > 0 || beyond != null) {
      fannedOut.add(own);
    }
    edges.addAll(beyond == null ? rows : rows.subList(0, fanOut));
    rows.clear();
    passed = 0;
  }
}

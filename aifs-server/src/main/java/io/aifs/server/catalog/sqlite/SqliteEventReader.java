package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventItems;
import io.aifs.server.catalog.EventReader;
import io.aifs.server.catalog.EventRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outbox, a row for each event. */
class SqliteEventReader implements EventReader {
  private static final String SELECT =
      "SELECT sequence, type, at, assets, details, items FROM event WHERE namespace = ?";

  final Session session;

  SqliteEventReader(Session session) {
    this.session = session;
  }

  @Override
  public List<EventRow> after(long namespace, long sequence, int limit, int assetsMax) {
    List<EventRow> found = new ArrayList<>();
    int[] ids = {0};
    session.each(
        SELECT + " AND sequence > ? ORDER BY sequence LIMIT ?",
        row -> {
          EventRow event = event(namespace, row);
          found.add(event);
          ids[0] += Math.max(event.assets().size(), event.items().size());
          return ids[0] < assetsMax;
        },
        namespace,
        sequence,
        Page.limit(limit));
    return found;
  }

  @Override
  public long newest() {
    return session
        .first("SELECT value FROM counter WHERE name = 'event'", row -> row.integer(1))
        .orElseThrow(() -> session.damaged("the event counter is gone"));
  }

  @Override
  public Optional<EventRow> find(long namespace, long sequence) {
    return session.first(
        SELECT + " AND sequence = ?", row -> event(namespace, row), namespace, sequence);
  }

  @Override
  public Optional<Span> span(long namespace) {
    return session.first(
        "SELECT a.sequence, (SELECT max(sequence) FROM event WHERE namespace = a.namespace)"
            + " FROM event a WHERE a.namespace = ? ORDER BY a.sequence LIMIT 1",
        row -> new Span(row.integer(1), row.integer(2)),
        namespace);
  }

  private static EventRow event(long namespace, Row row) throws SQLException {
    List<Digest> assets = PackedIds.unpack(row.blob(4));
    return new EventRow(
        row.integer(1),
        namespace,
        row.text(2),
        Nanos.instant(row.integer(3)),
        assets,
        MetadataCodec.decode(row.blob(5)),
        items(row.blob(6), assets));
  }

  private static List<EventItem> items(byte[] column, List<Digest> assets)
      throws DamagedRowException {
    try {
      return EventItems.decode(column, assets);
    } catch (IllegalArgumentException e) {
      throw new DamagedRowException("items of an event: " + e.getMessage());
    }
  }
}

package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EventReader;
import io.aifs.server.catalog.EventRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The outbox, a row for each event. */
class SqliteEventReader implements EventReader {
  /** A page ends with the event that reaches this many ids: batches are large. */
  private static final int IDS_MAX = 65_536;

  final Session session;

  SqliteEventReader(Session session) {
    this.session = session;
  }

  @Override
  public List<EventRow> after(long namespace, long sequence, int limit) {
    List<EventRow> found = new ArrayList<>();
    int[] ids = {0};
    session.each(
        "SELECT sequence, type, at, assets, details FROM event"
            + " WHERE namespace = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        row -> {
          EventRow event = event(namespace, row);
          found.add(event);
          ids[0] += event.assets().size();
          return ids[0] < IDS_MAX;
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

  private static EventRow event(long namespace, Row row) throws SQLException {
    List<Digest> assets = PackedIds.unpack(row.blob(4));
    return new EventRow(
        row.integer(1),
        namespace,
        row.text(2),
        Nanos.instant(row.integer(3)),
        assets,
        MetadataCodec.decode(row.blob(5)));
  }
}

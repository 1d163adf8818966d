package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.EventItems;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.EventWriter;

/**
 * Appends to the outbox. The counter lives in a row: writes are serial, so it follows the order of
 * commits; deleted events do not lower it, and a write that is undone takes its step back.
 */
final class SqliteEventWriter extends SqliteEventReader implements EventWriter {
  SqliteEventWriter(Session session) {
    super(session);
  }

  @Override
  public long next() {
    return newest() + 1;
  }

  @Override
  public long append(EventRow event) {
    long sequence = next();
    session.update(
        "INSERT INTO event (namespace, sequence, type, at, details, assets, items)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        event.namespace(),
        sequence,
        event.type(),
        Nanos.of(event.at()),
        MetadataCodec.encode(event.details()),
        PackedIds.pack(event.assets()),
        event.items().isEmpty() ? null : EventItems.encode(event.items()));
    session.update("UPDATE counter SET value = ? WHERE name = 'event'", sequence);
    return sequence;
  }
}

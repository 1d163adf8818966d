package io.aifs.server.catalog;

import java.util.List;
import java.util.Optional;

/** The outbox: what happened, for whoever follows. */
public interface EventReader {
  /** A page ends with the event that reaches this many assets or paths: batches are large. */
  int ASSETS_MAX = 65_536;

  /**
   * Events of a namespace after {@code sequence}, oldest first, at most {@code limit}; fewer when
   * they are large, but at least one if there is any.
   */
  default List<EventRow> after(long namespace, long sequence, int limit) {
    return after(namespace, sequence, limit, ASSETS_MAX);
  }

  /** The same; ends with the event with which they have {@code assetsMax} assets or paths. */
  List<EventRow> after(long namespace, long sequence, int limit, int assetsMax);

  /** The newest sequence of the store; 0 if nothing happened yet. */
  long newest();

  /** The event of a namespace that has this sequence. */
  Optional<EventRow> find(long namespace, long sequence);

  /** The sequences of the oldest and the newest event of a namespace; empty if it has none. */
  Optional<Span> span(long namespace);

  /** Sequences of events, both among them. */
  record Span(long oldest, long newest) {}
}

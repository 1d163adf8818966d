package io.aifs.server.catalog;

import java.util.List;

/** The outbox: what happened, for whoever follows. */
public interface EventReader {
  /**
   * Events of a namespace after {@code sequence}, oldest first, at most {@code limit}; fewer when
   * they are large, but at least one if there is any.
   */
  List<EventRow> after(long namespace, long sequence, int limit);

  /** The newest sequence of the store; 0 if nothing happened yet. */
  long newest();
}

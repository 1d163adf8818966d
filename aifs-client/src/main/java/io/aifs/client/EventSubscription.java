package io.aifs.client;

import java.util.Iterator;

/**
 * Events as they come, in order. {@link #hasNext} waits for one, across cuts of the connection and
 * restarts of the server: then it goes on after the last event. One thread takes events; any may
 * close.
 */
public interface EventSubscription extends Iterator<StoreEvent>, AutoCloseable {
  /**
   * Waits for an event; false once the subscription has come to its end or is closed.
   *
   * @throws io.aifs.core.AifsException if it cannot go on
   */
  @Override
  boolean hasNext();

  /**
   * Where a later subscription goes on without leaving out or repeating anything that was taken
   * from this one; empty before the first connection.
   */
  String resumeAfter();

  /** Ends it, and the wait of whoever waits for an event. */
  @Override
  void close();
}

package io.aifs.client;

/** What happens in the namespace. Thread-safe. */
public interface Events {
  /**
   * Begins to take events. Nothing is asked of the server before the first {@link
   * EventSubscription#hasNext}, so "from now on" begins there.
   */
  EventSubscription subscribe(EventOptions options);
}

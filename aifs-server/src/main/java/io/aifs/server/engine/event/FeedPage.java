package io.aifs.server.engine.event;

import java.util.List;

/**
 * The next events of a subscriber.
 *
 * @param events those that it wants, as it gets them
 * @param end id of the last event that was looked at, wanted or not: a subscriber that goes on
 *     after it misses nothing
 * @param looked how many events were looked at; 0 if there is nothing new
 */
public record FeedPage<E>(List<E> events, EventId end, int looked) {
  public FeedPage {
    events = List.copyOf(events);
  }
}

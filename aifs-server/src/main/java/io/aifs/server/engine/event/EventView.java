package io.aifs.server.engine.event;

import java.util.Optional;

/**
 * What a subscriber may see of events. It comes before the subscriber's own filter, which so tells
 * nothing of the rest. Thread-safe.
 */
@FunctionalInterface
public interface EventView {
  /** Sees everything, as it is. */
  EventView ALL = Optional::of;

  /** The event as the subscriber may see it; empty if it may not know of it. */
  Optional<FeedEvent> of(FeedEvent event);
}

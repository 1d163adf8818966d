package io.aifs.cli.testing;

import io.aifs.client.EventOptions;
import io.aifs.client.EventSubscription;
import io.aifs.client.Events;
import io.aifs.client.StoreEvent;
import java.util.Iterator;

/** Gives the events that a test has put into the store, and notes what was asked for. */
record MemoryEvents(MemoryStore store) implements Events {
  @Override
  public EventSubscription subscribe(EventOptions options) {
    store.eventOptions.add(options);
    Iterator<StoreEvent> events = store.events.iterator();
    return new EventSubscription() {
      private String last = "";

      @Override
      public boolean hasNext() {
        return events.hasNext();
      }

      @Override
      public StoreEvent next() {
        StoreEvent event = events.next();
        last = event.id();
        return event;
      }

      @Override
      public String resumeAfter() {
        return last;
      }

      @Override
      public void close() {}
    };
  }
}

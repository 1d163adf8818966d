package io.aifs.server.engine.event;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EventReader;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** The events of the store's namespaces as the catalog keeps them. Thread-safe. */
public final class EventLog {
  private final Catalog catalog;
  private final EventSignal signal;
  private final EventExpansion expansion;

  /**
   * @param signal told of every write of {@code catalog}
   */
  public EventLog(Catalog catalog, EventSignal signal, EventExpansion expansion) {
    this.catalog = catalog;
    this.signal = signal;
    this.expansion = expansion;
  }

  /**
   * A feed of what is written from now on and of all that is kept.
   *
   * @param form what subscribers get for an event; made once for many
   * @param executor wakes subscribers
   */
  public <E> EventFeed<E> feed(BiFunction<Name, FeedEvent, E> form, Executor executor) {
    return new EventFeed<>(this, signal, form, executor);
  }

  /** The id of the last event there is; {@link EventId#START} if there is none. */
  public EventId newest(NamespaceRow namespace) {
    return catalog.read(
        reader ->
            reader
                .events()
                .span(namespace.number())
                .flatMap(span -> reader.events().find(namespace.number(), span.newest()))
                .map(row -> expand(row).getLast().id())
                .orElse(EventId.START));
  }

  /**
   * Where an event stands that a subscriber has seen.
   *
   * @throws AifsException.InvalidRequest if it is no id of an event of this namespace
   * @throws AifsException.Precondition if it is older than all that is kept
   */
  public FeedPosition find(NamespaceRow namespace, String text) {
    EventId id = EventId.parse(text).orElseThrow(() -> unknown(text));
    if (id.equals(EventId.START)) {
      return FeedPosition.START;
    }
    return catalog.read(reader -> find(reader.events(), namespace.number(), id));
  }

  private FeedPosition find(EventReader events, long namespace, EventId id) {
    FeedPosition position = id.position();
    Optional<EventRow> row = events.find(namespace, position.sequence());
    if (row.isPresent()) {
      List<FeedEvent> expanded = expand(row.get());
      if (position.index() < expanded.size() && expanded.get(position.index()).id().equals(id)) {
        return position.index() == expanded.size() - 1
            ? FeedPosition.endOf(position.sequence())
            : position;
      }
    } else if (events
        .span(namespace)
        .filter(span -> position.sequence() < span.oldest())
        .isPresent()) {
      throw new AifsException.Precondition(
          Reason.EVENTS_NOT_KEPT,
          "events from " + id + " on are not kept any more",
          "subscribe from the start of what is kept, or from now on, and look at what is there"
              + " instead");
    }
    throw unknown(id.toString());
  }

  private static AifsException.InvalidRequest unknown(String id) {
    return new AifsException.InvalidRequest(
        Reason.EVENT_ID_INVALID,
        "after_event_id",
        "'" + shortened(id) + "' is no event of this namespace",
        "give the event_id of an event that came from this namespace of this store");
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  /** Rows after a sequence; ends with the one that reaches so many events. */
  List<EventRow> after(long namespace, long sequence, int rowsMax, int eventsMax) {
    return catalog.read(reader -> reader.events().after(namespace, sequence, rowsMax, eventsMax));
  }

  List<FeedEvent> expand(EventRow row) {
    return expansion.expand(row);
  }
}

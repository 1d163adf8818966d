package io.aifs.server.engine.event;

import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What events a row of the outbox stands for. Always the same for the same row: ids count on it.
 * Thread-safe.
 */
@FunctionalInterface
public interface EventExpansion {
  /** An asset that came back is told by a type of its own: its row makes it visible like a put. */
  String ASSET_REVIVE = "asset.revive";

  /** At least one event, in order. */
  List<FeedEvent> expand(EventRow row);

  /** That of every row whose type has none of its own. */
  static EventExpansion standard() {
    return EventExpansion::eachItem;
  }

  /**
   * Expands rows of some types in ways of their own, all others by {@link #standard}.
   *
   * @param byType in which the types stand
   */
  static EventExpansion of(Map<String, EventExpansion> byType) {
    Map<String, EventExpansion> known = Map.copyOf(byType);
    return row -> known.getOrDefault(row.type(), standard()).expand(row);
  }

  private static List<FeedEvent> eachItem(EventRow row) {
    String type =
        row.type().equals(EventRow.ASSET_PUT) && row.details().containsKey("revived")
            ? ASSET_REVIVE
            : row.type();
    List<EventItem> items =
        row.items().isEmpty()
            ? row.assets().stream()
                .map(
                    id -> new EventItem(Optional.of(id), Optional.empty(), Optional.empty(), false))
                .toList()
            : row.items();
    if (items.isEmpty()) {
      return List.of(
          new FeedEvent(
              EventId.of(row.at(), new FeedPosition(row.sequence(), 0)),
              type,
              row.at(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              false,
              row.details()));
    }
    List<FeedEvent> events = new ArrayList<>(items.size());
    for (EventItem item : items) {
      events.add(
          new FeedEvent(
              EventId.of(row.at(), new FeedPosition(row.sequence(), events.size())),
              type,
              row.at(),
              item.asset(),
              item.about(),
              item.path(),
              item.directory(),
              row.details()));
    }
    return events;
  }
}

package io.aifs.server.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One subscriber's place in a feed. It is asked for more by one thread at a time; any thread may
 * close it. While it is not asked, it costs its place and at most one page of rows.
 */
public final class Subscription<E> implements AutoCloseable {
  private final EventFeed<E> feed;
  private final FeedChannel<E> channel;
  private final EventView view;
  private final EventFilter filter;
  private final Runnable wake;

  private FeedPosition position;
  private EventId last;
  private List<FeedRow<E>> rows = List.of();
  private int nextRow;
  private volatile boolean closed;

  /**
   * @param wake called when there may be more, and when the feed ends; it must be quick
   */
  Subscription(
      EventFeed<E> feed,
      FeedChannel<E> channel,
      EventView view,
      EventFilter filter,
      EventId last,
      FeedPosition position,
      Runnable wake) {
    this.feed = feed;
    this.channel = channel;
    this.view = view;
    this.filter = filter;
    this.last = last;
    this.position = position;
    this.wake = wake;
  }

  /**
   * Looks at the next events, at most {@code limit}. Where nothing is new, the page says so and
   * {@code wake} is called later.
   *
   * @throws io.aifs.core.AifsException.Unavailable if the feed has ended
   */
  public FeedPage<E> next(int limit) {
    feed.requireOpen();
    List<E> wanted = new ArrayList<>();
    int looked = 0;
    while (looked < limit) {
      if (nextRow == rows.size()) {
        rows = channel.after(position);
        nextRow = 0;
        if (rows.isEmpty()) {
          break;
        }
      }
      FeedRow<E> row = rows.get(nextRow);
      int from = row.sequence() == position.sequence() ? position.index() + 1 : 0;
      int end = Math.min(row.events().size(), from + limit - looked);
      for (int i = from; i < end; i++) {
        seen(row, i).ifPresent(wanted::add);
      }
      looked += Math.max(0, end - from);
      passed(row, end);
    }
    return new FeedPage<>(wanted, last, looked);
  }

  /** An event in the form that is shared, unless this subscriber sees another of it. */
  private Optional<E> seen(FeedRow<E> row, int index) {
    FeedEvent event = row.events().get(index);
    return view.of(event)
        .filter(filter::wants)
        .map(shown -> shown.equals(event) ? row.forms().get(index) : channel.form(shown));
  }

  private void passed(FeedRow<E> row, int end) {
    last = row.events().get(end - 1).id();
    if (end == row.events().size()) {
      position = FeedPosition.endOf(row.sequence());
      nextRow++;
      if (nextRow == rows.size()) {
        rows = List.of();
        nextRow = 0;
      }
    } else {
      position = new FeedPosition(row.sequence(), end - 1);
    }
  }

  /**
   * @throws io.aifs.core.AifsException.Unavailable if the feed has ended
   */
  public void requireOpen() {
    feed.requireOpen();
  }

  /** The last event that was looked at: going on after it leaves nothing out. */
  public EventId last() {
    return last;
  }

  /** Whether everything up to and with this event was looked at. */
  public boolean reached(EventId id) {
    return !position.isBefore(id.position());
  }

  void wake() {
    if (!closed) {
      wake.run();
    }
  }

  /** Ends it; repeated calls do nothing. */
  @Override
  public void close() {
    closed = true;
    feed.leave(channel, this);
  }
}

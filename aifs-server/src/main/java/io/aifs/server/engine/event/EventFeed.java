package io.aifs.server.engine.event;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * Events in the order of commits, for subscribers that each take them when they can: at least once,
 * none left out. A write costs the same however many subscribe and however slow they are; a
 * subscriber without news costs no thread. Thread-safe.
 *
 * @param <E> what subscribers get for an event
 */
public final class EventFeed<E> implements AutoCloseable {
  private final EventLog log;
  private final EventSignal signal;
  private final BiFunction<Name, FeedEvent, E> form;
  private final Executor executor;
  private final LongConsumer listener = this::written;

  /** Of the namespaces that have subscribers. Replaced, never changed. */
  private volatile Map<Long, FeedChannel<E>> channels = Map.of();

  private int subscribers;
  private volatile boolean closed;

  EventFeed(
      EventLog log, EventSignal signal, BiFunction<Name, FeedEvent, E> form, Executor executor) {
    this.log = log;
    this.signal = signal;
    this.form = form;
    this.executor = executor;
    signal.listen(listener);
  }

  /** Where a subscriber begins. */
  public sealed interface From {
    /** With what happens from now on. */
    record Now() implements From {}

    /** With the oldest event that is kept. */
    record Start() implements From {}

    /** After an event that the subscriber knows. */
    record After(String eventId) implements From {}
  }

  /** Begins a subscription to everything, which the caller closes. As the other one. */
  public Subscription<E> subscribe(
      NamespaceRow namespace, From from, EventFilter filter, Runnable wake) {
    return subscribe(namespace, from, EventView.ALL, filter, wake);
  }

  /**
   * Begins a subscription, which the caller closes.
   *
   * @param view what the subscriber may see
   * @param filter what of that it wants
   * @param wake called when there may be more, and when the feed ends; it must be quick
   * @throws AifsException.LimitExceeded if there are too many
   * @throws AifsException.InvalidRequest if the id to begin after is no event's
   * @throws AifsException.Precondition if it is of an event older than those kept
   * @throws AifsException.Unavailable if the feed has ended
   */
  public Subscription<E> subscribe(
      NamespaceRow namespace, From from, EventView view, EventFilter filter, Runnable wake) {
    requireOpen();
    // Before the place is known: what is written from here on is told.
    FeedChannel<E> channel = join(namespace);
    try {
      Subscription<E> subscription =
          switch (from) {
            case From.Now _ -> {
              EventId newest = log.newest(namespace);
              yield new Subscription<>(
                  this,
                  channel,
                  view,
                  filter,
                  newest,
                  FeedPosition.endOf(newest.position().sequence()),
                  wake);
            }
            case From.Start _ ->
                new Subscription<>(
                    this, channel, view, filter, EventId.START, FeedPosition.START, wake);
            case From.After(String text) -> {
              FeedPosition found = log.find(namespace, text);
              EventId id = EventId.parse(text).orElse(EventId.START);
              yield new Subscription<>(this, channel, view, filter, id, found, wake);
            }
          };
      channel.subscriptions().add(subscription);
      return subscription;
    } catch (RuntimeException e) {
      leave(channel);
      throw e;
    }
  }

  private synchronized FeedChannel<E> join(NamespaceRow namespace) {
    if (subscribers >= Limits.SUBSCRIBERS_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "there are " + Limits.SUBSCRIBERS_MAX + " subscribers already",
          "end some, or try again later");
    }
    FeedChannel<E> channel = channels.get(namespace.number());
    if (channel == null) {
      long newest = log.newest(namespace).position().sequence();
      channel =
          new FeedChannel<>(
              log, namespace.number(), newest, event -> form.apply(namespace.name(), event));
      Map<Long, FeedChannel<E>> more = new HashMap<>(channels);
      more.put(namespace.number(), channel);
      channels = more;
    }
    channel.joined();
    subscribers++;
    return channel;
  }

  void leave(FeedChannel<E> channel, Subscription<E> subscription) {
    if (channel.subscriptions().remove(subscription)) {
      leave(channel);
    }
  }

  private synchronized void leave(FeedChannel<E> channel) {
    subscribers--;
    if (channel.left()) {
      Map<Long, FeedChannel<E>> fewer = new HashMap<>(channels);
      fewer.remove(channel.namespace());
      channels = fewer;
    }
  }

  /** On the thread that wrote: notes it, and has someone else wake those who wait. */
  private void written(long namespace) {
    FeedChannel<E> channel = channels.get(namespace);
    if (channel != null && !closed && channel.written()) {
      executor.execute(channel::wake);
    }
  }

  void requireOpen() {
    if (closed) {
      throw new AifsException.Unavailable(
          Reason.SHUTTING_DOWN,
          "the server is shutting down",
          "subscribe again after the last event that came",
          null);
    }
  }

  /** How many subscribe now. */
  public synchronized int subscribers() {
    return subscribers;
  }

  /** How many events of a namespace are held for its subscribers. */
  int held(NamespaceRow namespace) {
    FeedChannel<E> channel = channels.get(namespace.number());
    return channel == null ? 0 : channel.held();
  }

  /** How many rows were read for the subscribers of a namespace, once for all of them. */
  long rowsRead(NamespaceRow namespace) {
    FeedChannel<E> channel = channels.get(namespace.number());
    return channel == null ? 0 : channel.rowsRead();
  }

  /** Ends all subscriptions: each is woken and told so when it asks for more. */
  @Override
  public void close() {
    closed = true;
    signal.forget(listener);
    channels.values().forEach(FeedChannel::wake);
  }
}

package io.aifs.server.engine.event;

import io.aifs.server.catalog.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The feed of one namespace that has subscribers: the newest rows, read and made into what is sent
 * once for all of them. Who has fallen behind these reads the catalog by himself. Thread-safe.
 */
final class FeedChannel<E> {
  /** How many events of a namespace are held; more only if a single row has more. */
  static final int EVENTS_MAX = 8_192;

  private static final int ROWS_AT_A_TIME = 256;
  private static final int EVENTS_AT_A_TIME = 2_048;

  private final EventLog log;
  private final long namespace;
  private final Function<FeedEvent, E> form;
  private final Set<Subscription<E>> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean waking = new AtomicBoolean();
  private final AtomicLong writes = new AtomicLong(1);
  private final ReentrantLock lock = new ReentrantLock();

  /** All rows after {@link #floor}, up to and with {@link #ceiling}. */
  private final NavigableMap<Long, FeedRow<E>> rows = new TreeMap<>();

  /** Guarded by the feed. */
  private int members;

  private long floor;
  private long ceiling;
  private int held;
  private long writesRead;
  private long rowsRead;

  FeedChannel(EventLog log, long namespace, long newest, Function<FeedEvent, E> form) {
    this.log = log;
    this.namespace = namespace;
    this.form = form;
    this.floor = newest;
    this.ceiling = newest;
  }

  E form(FeedEvent event) {
    return form.apply(event);
  }

  long namespace() {
    return namespace;
  }

  void joined() {
    members++;
  }

  /** Returns whether that was the last. */
  boolean left() {
    members--;
    return members == 0;
  }

  Set<Subscription<E>> subscriptions() {
    return subscriptions;
  }

  /** Notes that there is more; true if nobody wakes the subscribers for it yet. */
  boolean written() {
    writes.incrementAndGet();
    return waking.compareAndSet(false, true);
  }

  void wake() {
    waking.set(false);
    subscriptions.forEach(Subscription::wake);
  }

  /** The rows that follow a position, as many as are at hand; empty if there is nothing new. */
  List<FeedRow<E>> after(FeedPosition position) {
    long sequence = position.rowsAfter();
    lock.lock();
    try {
      if (sequence >= floor) {
        if (sequence >= ceiling) {
          load();
        }
        List<FeedRow<E>> found = new ArrayList<>();
        int events = 0;
        for (FeedRow<E> row : rows.tailMap(sequence, false).values()) {
          found.add(row);
          events += row.events().size();
          if (events >= EVENTS_AT_A_TIME) {
            break;
          }
        }
        return found;
      }
    } finally {
      lock.unlock();
    }
    return read(sequence);
  }

  /** One reader for all: the others wait for it and find what it read. */
  private void load() {
    long known = writes.get();
    if (known == writesRead) {
      return;
    }
    List<FeedRow<E>> read = read(ceiling);
    for (FeedRow<E> row : read) {
      rows.put(row.sequence(), row);
      ceiling = row.sequence();
      held += row.events().size();
      rowsRead++;
    }
    if (read.isEmpty()) {
      writesRead = known;
    }
    while (held > EVENTS_MAX && rows.size() > 1) {
      FeedRow<E> oldest = rows.pollFirstEntry().getValue();
      floor = oldest.sequence();
      held -= oldest.events().size();
    }
  }

  private List<FeedRow<E>> read(long sequence) {
    List<FeedRow<E>> read = new ArrayList<>();
    for (EventRow row : log.after(namespace, sequence, ROWS_AT_A_TIME, EVENTS_AT_A_TIME)) {
      List<FeedEvent> events = log.expand(row);
      read.add(new FeedRow<>(row.sequence(), events, events.stream().map(form).toList()));
    }
    return read;
  }

  /** How many events are held for all. */
  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** How many rows were read for all. */
  long rowsRead() {
    lock.lock();
    try {
      return rowsRead;
    } finally {
      lock.unlock();
    }
  }
}

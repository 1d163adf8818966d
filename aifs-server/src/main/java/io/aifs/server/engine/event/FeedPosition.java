package io.aifs.server.engine.event;

/**
 * A place in a feed: what comes after it is the rest.
 *
 * @param sequence of a row of the outbox
 * @param index of an event among those of the row
 */
public record FeedPosition(long sequence, int index) {
  /** Before everything. */
  public static final FeedPosition START = new FeedPosition(0, 0);

  /** After all events of a row. */
  static FeedPosition endOf(long sequence) {
    return new FeedPosition(sequence, EventId.INDEX_MAX);
  }

  /** The sequence after which rows must be read to go on from here. */
  long rowsAfter() {
    return index == EventId.INDEX_MAX ? sequence : Math.max(0, sequence - 1);
  }

  boolean isBefore(FeedPosition other) {
    return sequence < other.sequence || (sequence == other.sequence && index < other.index);
  }
}

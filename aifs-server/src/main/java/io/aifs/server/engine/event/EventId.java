package io.aifs.server.engine.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of an event: as text a UUID of version 7, which carries when it happened and its place
 * in the feed. See {@code docs/format/event.md}.
 *
 * @param millis since the epoch
 * @param position where it stands
 */
public record EventId(long millis, FeedPosition position) {
  /** Stands for the place before the first event of every feed. */
  public static final EventId START = new EventId(0, FeedPosition.START);

  private static final int INDEX_BITS = 24;
  private static final int SEQUENCE_BITS = 50;
  private static final int LOW_BITS = 62;
  private static final int HIGH_BITS = 12;
  private static final int SEQUENCE_LOW_BITS = LOW_BITS - INDEX_BITS;
  private static final long VERSION = 7L << HIGH_BITS;
  private static final long VARIANT = 1L << 63;

  /** The highest index that an id has room for. */
  static final int INDEX_MAX = (1 << INDEX_BITS) - 1;

  public EventId {
    requireFits("time", millis, 48);
    requireFits("sequence", position.sequence(), SEQUENCE_BITS);
    requireFits("index", position.index(), INDEX_BITS);
  }

  private static void requireFits(String what, long value, int bits) {
    if (value < 0 || value >>> bits != 0) {
      throw new IllegalArgumentException(what + " of an event id is out of range: " + value);
    }
  }

  /** The id of what stands at a position and happened at a time. */
  static EventId of(Instant at, FeedPosition position) {
    return new EventId(Math.max(0, at.toEpochMilli()), position);
  }

  /** Reads what {@link #toString} gave; empty for anything else. */
  public static Optional<EventId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    UUID uuid;
    try {
      uuid = UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (uuid.version() != 7 || uuid.variant() != 2 || !uuid.toString().equals(text)) {
      return Optional.empty();
    }
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits() & ((1L << LOW_BITS) - 1);
    long sequence = (high & ((1L << HIGH_BITS) - 1)) << SEQUENCE_LOW_BITS | low >>> INDEX_BITS;
    int index = (int) (low & INDEX_MAX);
    return Optional.of(new EventId(high >>> 16, new FeedPosition(sequence, index)));
  }

  @Override
  public String toString() {
    long sequence = position.sequence();
    long high = millis << 16 | VERSION | sequence >>> SEQUENCE_LOW_BITS;
    long low = (sequence & ((1L << SEQUENCE_LOW_BITS) - 1)) << INDEX_BITS | position.index();
    return new UUID(high, VARIANT | low).toString();
  }
}

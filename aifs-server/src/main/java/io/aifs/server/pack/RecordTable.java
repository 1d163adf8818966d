package io.aifs.server.pack;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * A multimap from 128 bits, of which a {@link RecordKey} fills 96, to {@link Location}s. Not
 * thread-safe, but different threads may use different segments.
 *
 * <p>24 bytes per slot: open addressing with linear probing over {@code long} arrays, in 4,096
 * segments that grow on their own by a seventh when 85 % full, so that growing neither doubles the
 * heap nor stops the world: 28 to 33 bytes per record.
 *
 * <p>What is kept for an id is a location and, in the two bits that locations leave free, its
 * flags. An id has each location once, whatever the flags.
 */
final class RecordTable {
  /** Something needs this copy: it survives the collection that is running. */
  static final long MARKED = 1L << 62;

  /** This copy is condemned: new puts do not count on it, reads still find it. */
  static final long HIDDEN = 1L << 63;

  static final int SEGMENTS = 4_096;

  private static final long PLACE = ~(MARKED | HIDDEN);
  private static final int SLOT_LONGS = 3;
  private static final int SLOTS_MIN = 8;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[][] segments = new long[SEGMENTS][];
  private final int[] counts = new int[SEGMENTS];

  RecordTable() {
    Arrays.fill(segments, new long[0]);
  }

  long size() {
    long size = 0;
    for (int count : counts) {
      size += count;
    }
    return size;
  }

  /** Bytes of all slots, empty ones included. */
  long heapBytes() {
    long longs = 0;
    for (long[] segment : segments) {
      longs += segment.length;
    }
    return longs * Long.BYTES;
  }

  /** The location in what is kept for an id. */
  static long place(long kept) {
    return kept & PLACE;
  }

  /** Adds a location with flags; one that is there already stays as it is. */
  void add(long high, long low, long kept) {
    int segment = segment(high);
    if ((counts[segment] + 1) * 20L > segments[segment].length / SLOT_LONGS * 17L) {
      grow(segment);
    }
    if (insert(segments[segment], high, low, kept)) {
      counts[segment]++;
    }
  }

  /** Removes a location if it is there. */
  void remove(long high, long low, long location) {
    int segment = segment(high);
    int at = slot(segments[segment], high, low, location);
    if (at >= 0) {
      close(segments[segment], at);
      counts[segment]--;
    }
  }

  /** What is kept of a location of the id, flags included; 0 if it is not there. */
  long kept(long high, long low, long location) {
    long[] slots = segments[segment(high)];
    int at = slot(slots, high, low, location);
    return at < 0 ? 0 : slots[at + 2];
  }

  /** Clears some flags of a location and then sets some, if it is there. */
  void flag(long high, long low, long location, long cleared, long set) {
    long[] slots = segments[segment(high)];
    int at = slot(slots, high, low, location);
    if (at >= 0) {
      slots[at + 2] = (slots[at + 2] & ~(cleared & ~PLACE)) | (set & ~PLACE);
    }
  }

  /** Shows all that is kept in a segment to {@code visitor}, in no order. */
  void each(int segment, LongConsumer visitor) {
    long[] slots = segments[segment];
    for (int at = 2; at < slots.length; at += SLOT_LONGS) {
      if (slots[at] != 0) {
        visitor.accept(slots[at]);
      }
    }
  }

  /** Changes the flags in a segment: the change is given what is kept, and keeps its location. */
  void flagEach(int segment, LongUnaryOperator change) {
    long[] slots = segments[segment];
    for (int at = 2; at < slots.length; at += SLOT_LONGS) {
      if (slots[at] != 0) {
        slots[at] = place(slots[at]) | (change.applyAsLong(slots[at]) & ~PLACE);
      }
    }
  }

  /** Removes what fits from a segment. */
  void removeEach(int segment, LongPredicate removed) {
    long[] old = segments[segment];
    long[] slots = new long[old.length];
    int count = 0;
    for (int at = 0; at < old.length; at += SLOT_LONGS) {
      if (old[at + 2] != 0 && !removed.test(old[at + 2])) {
        insert(slots, old[at], old[at + 1], old[at + 2]);
        count++;
      }
    }
    segments[segment] = slots;
    counts[segment] = count;
  }

  /**
   * What is kept for the id, location and flags: the first for {@code after == 0}, else the one
   * next after location {@code after}; 0 if there is none.
   */
  long find(long high, long low, long after) {
    long[] slots = segments[segment(high)];
    if (slots.length == 0) {
      return 0;
    }
    boolean passed = after == 0;
    int at = home(slots, high, low);
    while (slots[at + 2] != 0) {
      if (slots[at] == high && slots[at + 1] == low) {
        if (passed) {
          return slots[at + 2];
        }
        passed = place(slots[at + 2]) == place(after);
      }
      at = next(slots, at);
    }
    return 0;
  }

  /** Where all locations of an id are. */
  static int segment(long high) {
    return (int) (high >>> 52);
  }

  private static int home(long[] slots, long high, long low) {
    long mixed = (high ^ low) * SPREAD;
    int count = slots.length / SLOT_LONGS;
    return (int) Math.unsignedMultiplyHigh(mixed, count) * SLOT_LONGS;
  }

  private static int next(long[] slots, int at) {
    int next = at + SLOT_LONGS;
    return next == slots.length ? 0 : next;
  }

  /** The slot of a location, or -1. */
  private static int slot(long[] slots, long high, long low, long location) {
    if (slots.length == 0) {
      return -1;
    }
    int at = home(slots, high, low);
    while (slots[at + 2] != 0) {
      if (slots[at] == high && slots[at + 1] == low && place(slots[at + 2]) == place(location)) {
        return at;
      }
      at = next(slots, at);
    }
    return -1;
  }

  private static boolean insert(long[] slots, long high, long low, long kept) {
    int at = home(slots, high, low);
    while (slots[at + 2] != 0) {
      if (slots[at] == high && slots[at + 1] == low && place(slots[at + 2]) == place(kept)) {
        return false;
      }
      at = next(slots, at);
    }
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = kept;
    return true;
  }

  private void grow(int segment) {
    long[] old = segments[segment];
    int slots = old.length / SLOT_LONGS;
    long[] grown = new long[Math.max(SLOTS_MIN, slots + slots / 7 + 1) * SLOT_LONGS];
    for (int at = 0; at < old.length; at += SLOT_LONGS) {
      if (old[at + 2] != 0) {
        insert(grown, old[at], old[at + 1], old[at + 2]);
      }
    }
    segments[segment] = grown;
  }

  /** Empties a slot and moves back what was pushed past it, so that no search ends too early. */
  private static void close(long[] slots, int emptied) {
    int hole = emptied;
    for (int at = next(slots, hole); slots[at + 2] != 0; at = next(slots, at)) {
      int home = home(slots, slots[at], slots[at + 1]);
      boolean reachable = hole < at ? home > hole && home <= at : home > hole || home <= at;
      if (!reachable) {
        System.arraycopy(slots, at, slots, hole, SLOT_LONGS);
        hole = at;
      }
    }
    slots[hole + 2] = 0;
  }
}

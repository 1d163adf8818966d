package io.aifs.server.pack;

import java.util.Arrays;

/**
 * A multimap from the first 128 bits of a record's id to {@link Location}s. Not thread-safe.
 *
 * <p>24 bytes per slot: open addressing with linear probing over {@code long} arrays, in 256
 * segments that grow on their own by a seventh when 85 % full, so that growing neither doubles the
 * heap nor stops the world: 28 to 33 bytes per record. 128 bits of a keyed digest do not collide by
 * chance or by design; a reader compares the whole id with the record's header nevertheless.
 */
final class RecordTable {
  private static final int SEGMENTS = 256;
  private static final int SLOT_LONGS = 3;
  private static final int SLOTS_MIN = 16;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[][] segments = new long[SEGMENTS][];
  private final int[] counts = new int[SEGMENTS];
  private long size;

  RecordTable() {
    Arrays.fill(segments, new long[0]);
  }

  long size() {
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

  /** Adds a pair; one that is there already is not added again. */
  void add(long high, long low, long location) {
    int segment = segment(high);
    if ((counts[segment] + 1) * 20L > segments[segment].length / SLOT_LONGS * 17L) {
      grow(segment);
    }
    if (insert(segments[segment], high, low, location)) {
      counts[segment]++;
      size++;
    }
  }

  /** Removes a pair if it is there. */
  void remove(long high, long low, long location) {
    int segment = segment(high);
    long[] slots = segments[segment];
    if (slots.length == 0) {
      return;
    }
    int at = home(slots, high, low);
    while (slots[at + 2] != 0) {
      if (slots[at] == high && slots[at + 1] == low && slots[at + 2] == location) {
        close(slots, at);
        counts[segment]--;
        size--;
        return;
      }
      at = next(slots, at);
    }
  }

  /**
   * A location of the id: the first that is kept for {@code after == 0}, else the one kept next
   * after {@code after}; 0 if there is none.
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
        passed = slots[at + 2] == after;
      }
      at = next(slots, at);
    }
    return 0;
  }

  private static int segment(long high) {
    return (int) (high >>> 56);
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

  private static boolean insert(long[] slots, long high, long low, long location) {
    int at = home(slots, high, low);
    while (slots[at + 2] != 0) {
      if (slots[at] == high && slots[at + 1] == low && slots[at + 2] == location) {
        return false;
      }
      at = next(slots, at);
    }
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = location;
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

package io.aifs.server.pack;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the records that need a base need, by their {@link Location}: 30 to 50 bytes of heap each,
 * and none for other records. Thread-safe; who holds its locks waits for no other.
 */
final class BaseTable {
  private static final int PARTS = 64;

  private final Part[] parts = new Part[PARTS];
  private final AtomicLong size = new AtomicLong();

  BaseTable() {
    Arrays.setAll(parts, _ -> new Part());
  }

  boolean isEmpty() {
    return size.get() == 0;
  }

  /** The key of the base of the record there; null if it needs none. */
  @Nullable RecordKey of(long location) {
    Part part = part(location);
    synchronized (part) {
      return part.get(location);
    }
  }

  void put(long location, RecordKey base) {
    Part part = part(location);
    synchronized (part) {
      if (part.put(location, base.high(), base.low())) {
        size.incrementAndGet();
      }
    }
  }

  void remove(long location) {
    Part part = part(location);
    synchronized (part) {
      if (part.remove(location)) {
        size.decrementAndGet();
      }
    }
  }

  /** Removes all in these packs. */
  void removeAll(Set<Integer> ordinals) {
    for (Part part : parts) {
      synchronized (part) {
        size.addAndGet(-part.removeAll(ordinals));
      }
    }
  }

  private Part part(long location) {
    return parts[(int) (mixed(location) >>> 58)];
  }

  private static long mixed(long location) {
    return location * 0x9E3779B97F4A7C15L;
  }

  /** Open addressing with linear probing over slots of a location and a key; guarded by itself. */
  private static final class Part {
    private static final int SLOT_LONGS = 3;

    private long[] slots = new long[0];
    private int count;

    @Nullable RecordKey get(long location) {
      int at = slot(location);
      return at < 0 || slots[at] == 0 ? null : new RecordKey(slots[at + 1], slots[at + 2]);
    }

    boolean put(long location, long high, long low) {
      if ((count + 1) * 4L > slots.length / SLOT_LONGS * 3L) {
        rebuild(slots.length / SLOT_LONGS * 3 / 2 + 8, Set.of());
      }
      int at = slot(location);
      boolean added = slots[at] == 0;
      slots[at] = location;
      slots[at + 1] = high;
      slots[at + 2] = low;
      count += added ? 1 : 0;
      return added;
    }

    boolean remove(long location) {
      int at = slot(location);
      if (at < 0 || slots[at] == 0) {
        return false;
      }
      slots[at] = 0;
      count--;
      for (int next = next(at); slots[next] != 0; next = next(next)) {
        long moved = slots[next];
        slots[next] = 0;
        int to = slot(moved);
        slots[to] = moved;
        slots[to + 1] = slots[next + 1];
        slots[to + 2] = slots[next + 2];
      }
      return true;
    }

    int removeAll(Set<Integer> ordinals) {
      int before = count;
      boolean any = false;
      for (int at = 0; at < slots.length && !any; at += SLOT_LONGS) {
        any = slots[at] != 0 && ordinals.contains(Location.ordinal(slots[at]));
      }
      if (any) {
        rebuild(slots.length / SLOT_LONGS, ordinals);
      }
      return before - count;
    }

    /** Fills new slots with what is not in these packs. */
    private void rebuild(int slotCount, Set<Integer> without) {
      long[] old = slots;
      slots = new long[slotCount * SLOT_LONGS];
      count = 0;
      for (int at = 0; at < old.length; at += SLOT_LONGS) {
        if (old[at] != 0 && !without.contains(Location.ordinal(old[at]))) {
          int to = slot(old[at]);
          System.arraycopy(old, at, slots, to, SLOT_LONGS);
          count++;
        }
      }
    }

    /** Where a location is or would be; -1 if there are no slots. */
    private int slot(long location) {
      if (slots.length == 0) {
        return -1;
      }
      int home = (int) Math.unsignedMultiplyHigh(mixed(location) << 6, slots.length / SLOT_LONGS);
      int at = home * SLOT_LONGS;
      while (slots[at] != 0 && slots[at] != location) {
        at = next(at);
      }
      return at;
    }

    private int next(int at) {
      int next = at + SLOT_LONGS;
      return next == slots.length ? 0 : next;
    }
  }
}

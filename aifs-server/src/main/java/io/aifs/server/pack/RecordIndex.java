package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Where every record is. Thread-safe; a look-up of many ids takes the lock once, and what goes
 * through all of it takes the lock anew for each of 4,096 parts.
 *
 * <p>A hidden copy is one that collection has condemned: an id that has no other counts as missing,
 * so that it is stored anew, while reads fall back on it.
 */
final class RecordIndex {
  /** What collection does with the lock held: the others wait for about 0.1 ms. */
  private static final int AT_A_TIME = 256;

  private static final int PAUSES_MAX = 20;
  private static final long PAUSE_NANOS = 50_000;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final RecordTable table = new RecordTable();

  /** Locations of damaged copies. Not a flag of the table, as collection hides and shows copies. */
  private final Set<Long> distrusted = ConcurrentHashMap.newKeySet();

  /** What records that are added have beside their location: {@link RecordTable#MARKED} or 0. */
  private long born;

  /** An id and one of its locations. */
  record Entry(Digest id, long location) {}

  /** Those of {@code ids} that have no visible copy. */
  Set<Digest> missing(Collection<Digest> ids) {
    Set<Digest> missing = new HashSet<>();
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (Digest id : ids) {
        if (best(id, key) <= 0) { // none, or hidden
          missing.add(id);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return missing;
  }

  /** One location each of those of {@code ids} that have one, of a visible copy if there is one. */
  List<Entry> locate(Collection<Digest> ids) {
    List<Entry> found = new ArrayList<>(ids.size());
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (Digest id : ids) {
        long kept = best(id, key);
        if (kept != 0) {
          found.add(new Entry(id, RecordTable.place(kept)));
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return found;
  }

  /** All locations of {@code id}, hidden copies last. */
  List<Long> locations(Digest id) {
    List<Long> visible = new ArrayList<>();
    List<Long> hidden = new ArrayList<>();
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (long at = find(id, key, 0); at != 0; at = find(id, key, at)) {
        (at > 0 ? visible : hidden).add(RecordTable.place(at));
      }
    } finally {
      lock.readLock().unlock();
    }
    visible.addAll(hidden);
    return visible;
  }

  /** Hides a copy, whatever collection thinks of it. */
  void distrust(long location) {
    distrusted.add(location);
  }

  /** Takes a {@link #distrust} back. */
  void trust(long location) {
    distrusted.remove(location);
  }

  void add(Collection<Entry> entries) {
    byte[] key = new byte[Digest.BYTES];
    lock.writeLock().lock();
    try {
      for (Entry entry : entries) {
        entry.id().writeTo(key, 0);
        table.add(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), entry.location() | born);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  void remove(Collection<Entry> entries) {
    byte[] key = new byte[Digest.BYTES];
    lock.writeLock().lock();
    try {
      for (Entry entry : entries) {
        entry.id().writeTo(key, 0);
        table.remove(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), entry.location());
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Says whether records that are added from now on are born marked. */
  void bornMarked(boolean marked) {
    lock.writeLock().lock();
    try {
      born = marked ? RecordTable.MARKED : 0;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Marks the best copy of each id: a sound one before a damaged one, then one that is not
   * condemned, then the marked one. Returns those whose best copy is condemned.
   */
  Set<Digest> mark(Collection<Digest> ids) {
    Set<Digest> condemned = new HashSet<>();
    Iterator<Digest> left = ids.iterator();
    byte[] key = new byte[Digest.BYTES];
    while (left.hasNext()) {
      lock.writeLock().lock();
      try {
        for (int i = 0; i < AT_A_TIME && left.hasNext(); i++) {
          Digest id = left.next();
          if (mark(id, key) < 0) {
            condemned.add(id);
          }
        }
      } finally {
        lock.writeLock().unlock();
      }
      giveWay();
    }
    return condemned;
  }

  /** Marks one copy, and returns what was kept of it. */
  private long mark(Digest id, byte[] key) {
    long chosen = worthiest(id, key);
    if (chosen != 0) {
      flag(key, chosen, 0, RecordTable.MARKED);
    }
    return chosen;
  }

  /** Shows the best copy of each id where that is a condemned one; returns the locations. */
  List<Long> rescue(Collection<Digest> ids) {
    List<Long> shown = new ArrayList<>();
    byte[] key = new byte[Digest.BYTES];
    lock.writeLock().lock();
    try {
      for (Digest id : ids) {
        long kept = worthiest(id, key);
        if (kept < 0) {
          flag(key, kept, RecordTable.HIDDEN, born);
          shown.add(RecordTable.place(kept));
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
    return shown;
  }

  /** Those of {@code ids} that have no copy, not even a hidden one. */
  Set<Digest> absent(Collection<Digest> ids) {
    Set<Digest> absent = new HashSet<>(ids);
    locate(ids).forEach(entry -> absent.remove(entry.id()));
    return absent;
  }

  /** What is kept of one location of an id, 0 if it is not there. */
  long kept(Digest id, long location) {
    byte[] key = new byte[Digest.BYTES];
    id.writeTo(key, 0);
    lock.readLock().lock();
    try {
      return table.kept(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), location);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Shows all that is kept, locations with flags, to {@code visitor}. */
  void each(LongConsumer visitor) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      lock.readLock().lock();
      try {
        table.each(segment, visitor);
      } finally {
        lock.readLock().unlock();
      }
      giveWay();
    }
  }

  /** Changes flags everywhere; see {@link RecordTable#flagEach}. */
  void flagEach(LongUnaryOperator change) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      lock.writeLock().lock();
      try {
        table.flagEach(segment, change);
      } finally {
        lock.writeLock().unlock();
      }
      giveWay();
    }
  }

  /** Gives records that were copied their new locations, with the flags of the old ones. */
  void move(RecordMoves moves) {
    for (int from = 0; from < moves.count(); from += AT_A_TIME) {
      lock.writeLock().lock();
      try {
        int to = Math.min(moves.count(), from + AT_A_TIME);
        for (int i = from; i < to; i++) {
          long kept = table.kept(moves.high(i), moves.low(i), moves.from(i));
          if (kept != 0) {
            table.remove(moves.high(i), moves.low(i), kept);
            table.add(moves.high(i), moves.low(i), moves.to(i) | (kept ^ RecordTable.place(kept)));
          }
        }
      } finally {
        lock.writeLock().unlock();
      }
      giveWay();
    }
  }

  /** Removes every location in these packs. */
  void removeAll(Set<Integer> ordinals) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      lock.writeLock().lock();
      try {
        table.removeEach(segment, kept -> ordinals.contains(Location.ordinal(kept)));
      } finally {
        lock.writeLock().unlock();
      }
      giveWay();
    }
    distrusted.removeIf(location -> ordinals.contains(Location.ordinal(location)));
  }

  /**
   * Lets those go first who wait for the lock: whoever lets go of it could take it again at once.
   */
  private void giveWay() {
    for (int pause = 0; pause < PAUSES_MAX && lock.hasQueuedThreads(); pause++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The copy to keep, as the table has it: negative if it is condemned, 0 if there is none. */
  private long worthiest(Digest id, byte[] key) {
    id.writeTo(key, 0);
    long high = PackFormat.getLong(key, 0);
    long low = PackFormat.getLong(key, 8);
    long chosen = 0;
    for (long kept = table.find(high, low, 0); kept != 0; kept = table.find(high, low, kept)) {
      if (chosen == 0 || worth(kept) > worth(chosen)) {
        chosen = kept;
      }
    }
    return chosen;
  }

  private int worth(long kept) {
    int sound = distrusted.contains(RecordTable.place(kept)) ? 0 : 4;
    return sound + (kept > 0 ? 2 : 0) + ((kept & RecordTable.MARKED) == 0 ? 0 : 1);
  }

  /** What is kept of a visible copy, else of a hidden one (negative), else 0. */
  private long best(Digest id, byte[] key) {
    long at = find(id, key, 0);
    long first = at;
    while (at < 0) {
      at = find(id, key, at);
    }
    return at == 0 ? first : at;
  }

  /** Call with the lock held, after the key was filled. */
  private void flag(byte[] key, long location, long cleared, long set) {
    table.flag(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), location, cleared, set);
  }

  /** What is kept next; a copy that is distrusted counts as hidden. */
  private long find(Digest id, byte[] key, long after) {
    id.writeTo(key, 0);
    long kept = table.find(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), after);
    return kept > 0 && distrusted.contains(RecordTable.place(kept))
        ? kept | RecordTable.HIDDEN
        : kept;
  }
}

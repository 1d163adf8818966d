package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Where every record is. Thread-safe; each call is atomic for one id, or one segment of the table,
 * at a time.
 *
 * <p>A hidden copy is one that collection has condemned: an id that has no other counts as missing,
 * so that it is stored anew, while reads fall back on it.
 */
final class RecordIndex {
  private final Pace pace;
  private final TableLocks locks = new TableLocks();
  private final RecordTable table = new RecordTable();

  /** Locations of damaged copies. Not a flag of the table, as collection hides and shows copies. */
  private final Set<Long> distrusted = ConcurrentHashMap.newKeySet();

  /** What records that are added have beside their location: {@link RecordTable#MARKED} or 0. */
  private volatile long born;

  /** An id and one of its locations. */
  record Entry(Digest id, long location) {}

  /** What an id is known by and one of its locations. */
  record Place(RecordKey key, long location) {
    static Place of(Digest id, long location) {
      return new Place(RecordKey.of(id), location);
    }
  }

  /**
   * @param pace of what goes through everything
   */
  RecordIndex(Pace pace) {
    this.pace = pace;
  }

  /** Those of {@code ids} that have no visible copy. */
  Set<Digest> missing(Collection<Digest> ids) {
    Set<Digest> missing = new HashSet<>();
    for (Digest id : ids) {
      if (best(RecordKey.of(id)) <= 0) { // none, or hidden
        missing.add(id);
      }
    }
    return missing;
  }

  /** One location each of those of {@code ids} that have one, of a visible copy if there is one. */
  List<Entry> locate(Collection<Digest> ids) {
    List<Entry> found = new ArrayList<>(ids.size());
    for (Digest id : ids) {
      long kept = best(RecordKey.of(id));
      if (kept != 0) {
        found.add(new Entry(id, RecordTable.place(kept)));
      }
    }
    return found;
  }

  /** All locations of {@code id}, hidden copies last. */
  List<Long> locations(Digest id) {
    List<Long> visible = new ArrayList<>();
    List<Long> hidden = new ArrayList<>();
    RecordKey key = RecordKey.of(id);
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      for (long at = find(key, 0); at != 0; at = find(key, at)) {
        (at > 0 ? visible : hidden).add(RecordTable.place(at));
      }
    } finally {
      lock.unlock();
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

  void add(Collection<Place> places) {
    for (Place place : places) {
      RecordKey key = place.key();
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        table.add(key.high(), key.low(), place.location() | born);
      } finally {
        lock.unlock();
      }
    }
  }

  void remove(Collection<Place> places) {
    for (Place place : places) {
      RecordKey key = place.key();
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        table.remove(key.high(), key.low(), place.location());
      } finally {
        lock.unlock();
      }
    }
  }

  /** Says whether records that are added from now on are born marked. */
  void bornMarked(boolean marked) {
    born = marked ? RecordTable.MARKED : 0;
    locks.passAll(); // whoever adds a record now may have read what was before
  }

  /**
   * Marks the best copy of each id: a sound one before a damaged one, then one that is not
   * condemned, then the marked one. Returns those whose best copy is condemned.
   */
  Set<Digest> mark(Collection<Digest> ids) {
    Set<Digest> condemned = new HashSet<>();
    for (Digest id : ids) {
      RecordKey key = RecordKey.of(id);
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        long chosen = worthiest(key);
        if (chosen != 0) {
          table.flag(key.high(), key.low(), chosen, 0, RecordTable.MARKED);
        }
        if (chosen < 0) {
          condemned.add(id);
        }
      } finally {
        lock.unlock();
      }
      pace.step();
    }
    return condemned;
  }

  /** Shows the best copy of each id where that is a condemned one; returns the locations. */
  List<Long> rescue(Collection<Digest> ids) {
    List<Long> shown = new ArrayList<>();
    for (Digest id : ids) {
      RecordKey key = RecordKey.of(id);
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        long kept = worthiest(key);
        if (kept < 0) {
          table.flag(key.high(), key.low(), kept, RecordTable.HIDDEN, born);
          shown.add(RecordTable.place(kept));
        }
      } finally {
        lock.unlock();
      }
    }
    return shown;
  }

  /** Those of {@code ids} that have no copy, not even a hidden one. */
  Set<Digest> absent(Collection<Digest> ids) {
    Set<Digest> absent = new HashSet<>(ids);
    locate(ids).forEach(entry -> absent.remove(entry.id()));
    return absent;
  }

  /** What is kept of one location of a record, 0 if it is not there. */
  long kept(RecordKey key, long location) {
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      return table.kept(key.high(), key.low(), location);
    } finally {
      lock.unlock();
    }
  }

  /** Shows all that is kept, locations with flags, to {@code visitor}. */
  void each(LongConsumer visitor) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      Lock lock = locks.read(segment);
      lock.lock();
      try {
        table.each(segment, visitor);
      } finally {
        lock.unlock();
      }
      pace.step();
    }
  }

  /** Changes flags everywhere; see {@link RecordTable#flagEach}. */
  void flagEach(LongUnaryOperator change) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      Lock lock = locks.write(segment);
      lock.lock();
      try {
        table.flagEach(segment, change);
      } finally {
        lock.unlock();
      }
      pace.step();
    }
  }

  /** Gives records that were copied their new locations, with the flags of the old ones. */
  void move(RecordMoves moves) {
    for (int i = 0; i < moves.count(); i++) {
      RecordKey key = moves.key(i);
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        long kept = table.kept(key.high(), key.low(), moves.from(i));
        if (kept != 0) {
          table.remove(key.high(), key.low(), kept);
          table.add(key.high(), key.low(), moves.to(i) | (kept ^ RecordTable.place(kept)));
        }
      } finally {
        lock.unlock();
      }
      pace.step();
    }
  }

  /** Removes every location in these packs. */
  void removeAll(Set<Integer> ordinals) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      Lock lock = locks.write(segment);
      lock.lock();
      try {
        table.removeEach(segment, kept -> ordinals.contains(Location.ordinal(kept)));
      } finally {
        lock.unlock();
      }
      pace.step();
    }
    distrusted.removeIf(location -> ordinals.contains(Location.ordinal(location)));
  }

  /** What is kept of a visible copy, else of a hidden one (negative), else 0. */
  private long best(RecordKey key) {
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      long at = find(key, 0);
      long first = at;
      while (at < 0) {
        at = find(key, at);
      }
      return at == 0 ? first : at;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The copy to keep, as the table has it: negative if it is condemned, 0 if there is none. Call
   * with the lock held.
   */
  private long worthiest(RecordKey key) {
    long chosen = 0;
    for (long kept = table.find(key.high(), key.low(), 0);
        kept != 0;
        kept = table.find(key.high(), key.low(), kept)) {
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

  private static int segment(RecordKey key) {
    return RecordTable.segment(key.high());
  }

  /** What is kept next; a copy that is distrusted counts as hidden. Call with the lock held. */
  private long find(RecordKey key, long after) {
    long kept = table.find(key.high(), key.low(), after);
    return kept > 0 && distrusted.contains(RecordTable.place(kept))
        ? kept | RecordTable.HIDDEN
        : kept;
  }
}

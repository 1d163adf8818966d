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
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where every record is. Thread-safe; each call is atomic for one id, or one segment of the table,
 * at a time.
 *
 * <p>A hidden copy is one that collection has condemned: an id that has no other counts as missing,
 * so that it is stored anew, while reads fall back on it.
 *
 * <p>A copy that needs a base is worth what its base is: it counts as visible only while the base
 * has a visible full copy, and as nothing if the base has no full copy at all. Marking it marks the
 * base, and rescuing it shows the base. So what {@link #missing} leaves out can be read from
 * visible records alone, whatever is put, hidden, moved and dropped in between; {@code
 * docs/adr/0046} says why that is enough. A full copy is one that needs no base; only these serve
 * as bases, so none of this goes further than one step.
 *
 * <p>Two segments are never locked at a time: a record and its base are looked at one after the
 * other, which is as good as if the copies had been hidden right after.
 */
final class RecordIndex {
  /** What a copy is worth that is not known to be damaged: more than all else together. */
  private static final int SOUND = 4;

  private final Pace pace;
  private final TableLocks locks = new TableLocks();
  private final RecordTable table = new RecordTable();

  /** Has every location of a copy that needs a base, as long as the table has it. */
  private final BaseTable bases = new BaseTable();

  /** Locations of damaged copies. Not a flag of the table, as collection hides and shows copies. */
  private final Set<Long> distrusted = ConcurrentHashMap.newKeySet();

  /** What records that are added have beside their location: {@link RecordTable#MARKED} or 0. */
  private volatile long born;

  /** An id and one of its locations. */
  record Entry(Digest id, long location) {}

  /**
   * What an id is known by and one of its locations.
   *
   * @param base of the copy there; null if it needs none
   */
  record Place(RecordKey key, long location, @Nullable RecordKey base) {
    static Place of(Digest id, long location) {
      return new Place(RecordKey.of(id), location, null);
    }

    static Place of(RecordHeader header, long location) {
      Digest base = header.base();
      return new Place(
          RecordKey.of(header.id()), location, base == null ? null : RecordKey.of(base));
    }
  }

  /** One copy that needs a base. */
  private record Difference(long kept, RecordKey base) {}

  /**
   * The copy to keep of a record.
   *
   * @param kept as the table has it, negative also if its base is condemned; 0 if there is none
   * @param base what it needs; null for nothing
   */
  private record Choice(long kept, @Nullable RecordKey base) {}

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
    return located(ids, this::best);
  }

  /** As {@link #locate}, of full copies only. */
  List<Entry> locateFull(Collection<Digest> ids) {
    return located(ids, this::bestFull);
  }

  private static List<Entry> located(Collection<Digest> ids, ToLongFunction<RecordKey> copy) {
    List<Entry> found = new ArrayList<>(ids.size());
    for (Digest id : ids) {
      long kept = copy.applyAsLong(RecordKey.of(id));
      if (kept != 0) {
        found.add(new Entry(id, RecordTable.place(kept)));
      }
    }
    return found;
  }

  /** All locations of {@code id}, hidden copies last. */
  List<Long> locations(Digest id) {
    return locations(RecordKey.of(id), true);
  }

  /** As {@link #locations}, of full copies only. */
  List<Long> fullLocations(Digest id) {
    return locations(RecordKey.of(id), false);
  }

  private List<Long> locations(RecordKey key, boolean differencesToo) {
    List<Long> visible = new ArrayList<>();
    List<Long> hidden = new ArrayList<>();
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      for (long at = find(key, 0); at != 0; at = find(key, at)) {
        if (differencesToo || isFull(at)) {
          (at > 0 ? visible : hidden).add(RecordTable.place(at));
        }
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
      RecordKey base = place.base();
      if (base != null) {
        bases.put(RecordTable.place(place.location()), base);
      }
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        table.add(key.high(), key.low(), place.location() | born);
      } finally {
        lock.unlock();
      }
      if (base != null && born != 0) {
        flag(base, worthiestFull(base), RecordTable.MARKED);
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
      bases.remove(RecordTable.place(place.location()));
    }
  }

  /** Says whether records that are added from now on are born marked. */
  void bornMarked(boolean marked) {
    born = marked ? RecordTable.MARKED : 0;
    locks.passAll(); // whoever adds a record now may have read what was before
  }

  /**
   * Marks the best copy of each id and what it needs: a sound one before a damaged one, then one
   * that is not condemned, then the marked one, then a full one. Returns those whose best copy is
   * condemned, or needs one that is.
   */
  Set<Digest> mark(Collection<Digest> ids) {
    Set<Digest> condemned = new HashSet<>();
    for (Digest id : ids) {
      RecordKey key = RecordKey.of(id);
      Choice chosen = worthiest(key);
      flag(key, chosen.kept(), RecordTable.MARKED);
      if (chosen.base() != null) {
        flag(chosen.base(), worthiestFull(chosen.base()), RecordTable.MARKED);
      }
      if (chosen.kept() < 0) {
        condemned.add(id);
      }
      pace.step();
    }
    return condemned;
  }

  /**
   * Shows the best copy of each id, and what it needs, where these are condemned; returns the
   * locations.
   */
  List<Long> rescue(Collection<Digest> ids) {
    List<Long> shown = new ArrayList<>();
    for (Digest id : ids) {
      RecordKey key = RecordKey.of(id);
      Choice chosen = worthiest(key);
      if (chosen.kept() < 0) {
        if (show(key, chosen.kept())) {
          shown.add(RecordTable.place(chosen.kept()));
        }
        RecordKey base = chosen.base();
        long needed = base == null ? 0 : worthiestFull(base);
        if (base != null && show(base, needed)) {
          shown.add(RecordTable.place(needed));
        }
      }
    }
    return shown;
  }

  /** Shows a copy that is hidden; returns whether it was. */
  boolean show(RecordKey key, long location) {
    Lock lock = locks.write(segment(key));
    lock.lock();
    try {
      boolean hidden = table.kept(key.high(), key.low(), location) < 0;
      if (hidden) {
        table.flag(key.high(), key.low(), location, RecordTable.HIDDEN, born);
      }
      return hidden;
    } finally {
      lock.unlock();
    }
  }

  private void flag(RecordKey key, long location, long set) {
    Lock lock = locks.write(segment(key));
    lock.lock();
    try {
      table.flag(key.high(), key.low(), location, 0, set);
    } finally {
      lock.unlock();
    }
  }

  private long locked(RecordKey key, LongSupplier read) {
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      return read.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  /** The key of the base of a copy; null if it is a full one. */
  @Nullable RecordKey baseOf(long kept) {
    return bases.of(RecordTable.place(kept));
  }

  /** Whether any copy needs a base. */
  boolean hasBases() {
    return !bases.isEmpty();
  }

  /** Whether there is a visible full copy. */
  boolean hasVisibleFull(RecordKey key) {
    return bestFull(key) > 0;
  }

  /** Where the full copies are, hidden ones last. */
  List<Long> fullLocations(RecordKey key) {
    return locations(key, false);
  }

  /** What is kept of one location of a record, 0 if it is not there. */
  long kept(RecordKey key, long location) {
    return locked(key, () -> table.kept(key.high(), key.low(), location));
  }

  /** Shows all that is kept, locations with flags, to {@code visitor}. */
  void each(LongConsumer visitor) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      eachOf(segment, visitor);
      pace.step();
    }
  }

  /** The same of one segment of the table. */
  void eachOf(int segment, LongConsumer visitor) {
    Lock lock = locks.read(segment);
    lock.lock();
    try {
      table.each(segment, visitor);
    } finally {
      lock.unlock();
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
      RecordKey base = bases.of(moves.from(i));
      Lock lock = locks.write(segment(key));
      lock.lock();
      try {
        long kept = table.kept(key.high(), key.low(), moves.from(i));
        if (base != null && kept != 0) {
          bases.put(moves.to(i), base);
        }
        if (kept != 0) {
          table.remove(key.high(), key.low(), kept);
          table.add(key.high(), key.low(), moves.to(i) | (kept ^ RecordTable.place(kept)));
        }
      } finally {
        lock.unlock();
      }
      bases.remove(moves.from(i));
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
    bases.removeAll(ordinals);
    distrusted.removeIf(location -> ordinals.contains(Location.ordinal(location)));
  }

  /** What is kept of a visible copy, else of a hidden one (negative), else 0. */
  private long best(RecordKey key) {
    long best = bestFull(key);
    if (best > 0 || bases.isEmpty()) {
      return best;
    }
    for (Difference copy : differences(key)) {
      long base = bestFull(copy.base());
      boolean sound = !distrusted.contains(RecordTable.place(copy.kept()));
      if (base > 0 && copy.kept() > 0 && sound) {
        return copy.kept();
      }
      best = best == 0 && base != 0 ? copy.kept() | RecordTable.HIDDEN : best;
    }
    return best;
  }

  /** As {@link #best}, of full copies only. */
  private long bestFull(RecordKey key) {
    return locked(
        key,
        () -> {
          long first = 0;
          for (long at = find(key, 0); at != 0; at = find(key, at)) {
            if (isFull(at)) {
              if (at > 0) {
                return at;
              }
              first = first == 0 ? at : first;
            }
          }
          return first;
        });
  }

  private boolean isFull(long kept) {
    return bases.isEmpty() || bases.of(RecordTable.place(kept)) == null;
  }

  /** The copies that need a base, as the table has them. */
  private List<Difference> differences(RecordKey key) {
    List<Difference> found = new ArrayList<>();
    Lock lock = locks.read(segment(key));
    lock.lock();
    try {
      for (long kept = table.find(key.high(), key.low(), 0);
          kept != 0;
          kept = table.find(key.high(), key.low(), kept)) {
        RecordKey base = bases.of(RecordTable.place(kept));
        if (base != null) {
          found.add(new Difference(kept, base));
        }
      }
    } finally {
      lock.unlock();
    }
    return found;
  }

  private Choice worthiest(RecordKey key) {
    long full = worthiestFull(key);
    Choice chosen = new Choice(full, null);
    if (bases.isEmpty()) {
      return chosen;
    }
    int most = full == 0 ? -1 : worth(full);
    for (Difference copy : differences(key)) {
      long base = worthiestFull(copy.base());
      if (base != 0) {
        int sound = Math.min(worth(copy.kept()) & SOUND, worth(base) & SOUND);
        long kept = copy.kept() | (base & RecordTable.HIDDEN);
        int worth = sound | (worth(kept) & ~SOUND);
        if (worth > most) {
          most = worth;
          chosen = new Choice(kept, copy.base());
        }
      }
    }
    return chosen;
  }

  /** The full copy to keep, as the table has it: negative if condemned, 0 if there is none. */
  private long worthiestFull(RecordKey key) {
    return locked(
        key,
        () -> {
          long chosen = 0;
          for (long kept = table.find(key.high(), key.low(), 0);
              kept != 0;
              kept = table.find(key.high(), key.low(), kept)) {
            if (isFull(kept) && (chosen == 0 || worth(kept) > worth(chosen))) {
              chosen = kept;
            }
          }
          return chosen;
        });
  }

  private int worth(long kept) {
    int sound = distrusted.contains(RecordTable.place(kept)) ? 0 : SOUND;
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

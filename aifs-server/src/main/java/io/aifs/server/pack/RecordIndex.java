package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where every record is. Thread-safe; a look-up of many ids takes the lock once, and what goes
 * through all of it takes the lock anew for each of 256 parts.
 *
 * <p>A hidden copy is one that collection has condemned: an id that has no other counts as missing,
 * so that it is stored anew, while reads fall back on it.
 */
final class RecordIndex {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final RecordTable table = new RecordTable();

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

  void add(Collection<Entry> entries) {
    byte[] key = new byte[Digest.BYTES];
    lock.writeLock().lock();
    try {
      for (Entry entry : entries) {
        entry.id().writeTo(key, 0);
        table.add(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), entry.location());
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

  /** Removes every location in these packs. */
  void removeAll(Set<Integer> ordinals) {
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      lock.writeLock().lock();
      try {
        table.removeEach(segment, kept -> ordinals.contains(Location.ordinal(kept)));
      } finally {
        lock.writeLock().unlock();
      }
    }
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

  private long find(Digest id, byte[] key, long after) {
    id.writeTo(key, 0);
    return table.find(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), after);
  }
}

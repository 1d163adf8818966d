package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Where every record is. Thread-safe; a look-up of many ids takes the lock once. */
final class RecordIndex {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final RecordTable table = new RecordTable();

  /** An id and one of its locations. */
  record Entry(Digest id, long location) {}

  /** Those of {@code ids} that have no location. */
  Set<Digest> missing(Collection<Digest> ids) {
    Set<Digest> missing = new HashSet<>();
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (Digest id : ids) {
        if (find(id, key, 0) == 0) {
          missing.add(id);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return missing;
  }

  /** One location each of those of {@code ids} that have one. */
  List<Entry> locate(Collection<Digest> ids) {
    List<Entry> found = new ArrayList<>(ids.size());
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (Digest id : ids) {
        long location = find(id, key, 0);
        if (location != 0) {
          found.add(new Entry(id, location));
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return found;
  }

  /** All locations of {@code id}. */
  List<Long> locations(Digest id) {
    List<Long> all = new ArrayList<>();
    byte[] key = new byte[Digest.BYTES];
    lock.readLock().lock();
    try {
      for (long at = find(id, key, 0); at != 0; at = find(id, key, at)) {
        all.add(at);
      }
    } finally {
      lock.readLock().unlock();
    }
    return all;
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

  private long find(Digest id, byte[] key, long after) {
    id.writeTo(key, 0);
    return table.find(PackFormat.getLong(key, 0), PackFormat.getLong(key, 8), after);
  }
}

package io.aifs.server.pack;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Locks for the segments of a {@link RecordTable}. With many of them, a thread that the system
 * suspends while it holds one keeps few others waiting.
 */
final class TableLocks {
  private static final int COUNT = 256;

  private final ReadWriteLock[] locks = new ReadWriteLock[COUNT];

  TableLocks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantReadWriteLock();
    }
  }

  Lock read(int segment) {
    return locks[segment % COUNT].readLock();
  }

  Lock write(int segment) {
    return locks[segment % COUNT].writeLock();
  }

  /** Returns when all have let go who hold a lock now. */
  void passAll() {
    for (int i = 0; i < COUNT; i++) {
      Lock lock = write(i);
      lock.lock();
      try {
        // had to wait for it
      } finally {
        lock.unlock();
      }
    }
  }
}

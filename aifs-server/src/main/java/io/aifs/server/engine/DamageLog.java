package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.DamageWriter;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.pack.DamageListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps in the catalog what readers find damaged, so that it is known after a restart. What cannot
 * be kept (the disk is full) is tried again with what comes next, and found again by fsck at worst.
 * Thread-safe.
 */
public final class DamageLog implements DamageListener {
  /** More than these do not wait: fsck finds the rest. */
  private static final int WAITING_MAX = 200_000;

  private final Catalog catalog;
  private final Executor executor;
  private final Clock clock;

  /** Held while what waited is written, so that changes reach the catalog in order. */
  private final ReentrantLock flushing = new ReentrantLock();

  /** Guarded by this, as is what follows. */
  private final List<Change> waiting = new ArrayList<>();

  private boolean scheduled;

  private record Change(DamagedRecord record, boolean damaged) {}

  /**
   * @param executor writes to the catalog, apart from the reader that met the damage
   */
  public DamageLog(Catalog catalog, Executor executor, Clock clock) {
    this.catalog = catalog;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public void damaged(DamagedRecord record) {
    enqueue(new Change(record, true));
  }

  @Override
  public void sound(DamagedRecord record) {
    enqueue(new Change(record, false));
  }

  private void enqueue(Change change) {
    synchronized (this) {
      if (waiting.size() == WAITING_MAX) {
        return;
      }
      waiting.add(change);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    executor.execute(this::flush);
  }

  /** Writes what waits, if the catalog can be written; else it goes on waiting. */
  public void flush() {
    try {
      writeWaiting();
    } catch (AifsException _) {
      // written with what comes next, or found again by fsck
    }
  }

  private void writeWaiting() {
    flushing.lock();
    try {
      List<Change> changes = takeWaiting();
      if (!changes.isEmpty()) {
        write(changes);
      }
    } finally {
      flushing.unlock();
    }
  }

  private synchronized List<Change> takeWaiting() {
    List<Change> changes = List.copyOf(waiting);
    waiting.clear();
    scheduled = false;
    return changes;
  }

  private void write(List<Change> changes) {
    Instant now = clock.instant();
    boolean written = false;
    try {
      written =
          catalog.write(
              writer -> {
                changes.forEach(change -> apply(writer.damage(), change, now));
                return true;
              });
    } finally {
      if (!written) {
        putBack(changes);
      }
    }
  }

  private static void apply(DamageWriter damage, Change change, Instant now) {
    DamagedRecord record = change.record();
    if (change.damaged()) {
      damage.add(List.of(record), now);
    } else {
      damage.remove(record.pack(), List.of(record.position()));
    }
  }

  private synchronized void putBack(List<Change> changes) {
    waiting.addAll(0, changes);
  }
}

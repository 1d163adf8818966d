package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes written packs durable, many callers by one sync: whoever comes first leads a round, and
 * those who come during it wait for the next, which covers them all. The store's write lock is free
 * while the disk works.
 */
final class GroupSync {
  private final DomainId domain;
  private final PackSet packs;
  private final RecordIndex index;
  private final ReentrantLock lock;
  private final Condition roundEnded;

  /** Writers whose file is open. */
  private final Set<PackWriter> writers = new LinkedHashSet<>();

  private final Map<PackId, LivePack> unrecorded = new LinkedHashMap<>();

  /** Number of changes, and up to which of them a round has covered. */
  private long changes;

  private long settled;
  private boolean inRound;
  private boolean closed;
  private final AtomicLong losses = new AtomicLong();
  private @Nullable IOException lastFailure;

  /**
   * @param lock guards this and all writers
   */
  GroupSync(DomainId domain, PackSet packs, RecordIndex index, ReentrantLock lock) {
    this.domain = domain;
    this.packs = packs;
    this.index = index;
    this.lock = lock;
    this.roundEnded = lock.newCondition();
  }

  /** One writer's part of a round. A failure is assumed until the sync returned. */
  private static final class Part {
    private final PackWriter writer;
    private final long length;
    private final boolean sealed;
    private final boolean nameToo;
    private @Nullable IOException failure = new IOException("sync was broken off");

    Part(PackWriter writer) {
      this.writer = writer;
      this.length = writer.length();
      this.sealed = writer.sealed();
      this.nameToo = writer.syncedBytes() == 0;
    }

    void run() {
      try {
        writer.syncFile(nameToo);
        failure = null;
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /** Call with the lock held. */
  void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("pack store is closed");
    }
  }

  /** See {@link RecordStore#losses}. */
  long losses() {
    return losses.get();
  }

  /** Says that a writer has more to sync, or has ended. Call with the lock held. */
  void changed(PackWriter writer) {
    changes++;
    writers.add(writer);
    releaseIfDone(writer);
  }

  /** See {@link RecordStore#sync}. */
  List<LivePack> sync() throws IOException {
    lock.lock();
    try {
      requireOpen();
      long wanted = changes;
      long lossesBefore = losses.get();
      while (settled < wanted) {
        if (inRound) {
          roundEnded.awaitUninterruptibly();
        } else {
          lead();
        }
        requireOpen();
      }
      if (losses.get() != lossesBefore) {
        throw new IOException(
            "pack could not be synced, what was not durable is forgotten", lastFailure);
      }
      return List.copyOf(unrecorded.values());
    } finally {
      lock.unlock();
    }
  }

  /** See {@link RecordStore#recorded}. */
  void recorded(List<LivePack> packs) {
    lock.lock();
    try {
      for (LivePack pack : packs) {
        LivePack known = unrecorded.get(pack.id());
        if (known != null && known.syncedBytes() <= pack.syncedBytes()) {
          unrecorded.remove(pack.id());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Leaves packs out of later results.
   *
   * @throws IllegalArgumentException if one of them is still written
   */
  void forget(Set<PackId> packs) {
    lock.lock();
    try {
      for (PackWriter writer : writers) {
        if (packs.contains(writer.pack().id())) {
          throw new IllegalArgumentException("pack is still written: " + writer.pack().id());
        }
      }
      unrecorded.keySet().removeAll(packs);
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of all files; what is not synced is left to be ignored. */
  void close() {
    lock.lock();
    try {
      while (inRound) {
        roundEnded.awaitUninterruptibly();
      }
      closed = true;
      writers.forEach(PackWriter::close);
      writers.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Runs a round, with the lock released meanwhile. */
  private void lead() {
    List<Part> parts = new ArrayList<>();
    for (PackWriter writer : writers) {
      if (writer.unsynced()) {
        parts.add(new Part(writer));
      }
    }
    long covered = changes;
    inRound = true;
    lock.unlock();
    try {
      parts.forEach(Part::run);
    } finally {
      lock.lock();
      inRound = false;
      settled = covered;
      parts.forEach(this::settle);
      List.copyOf(writers).forEach(this::releaseIfDone);
      roundEnded.signalAll();
    }
  }

  private void settle(Part part) {
    PackWriter writer = part.writer;
    if (part.failure == null) {
      writer.synced(part.length);
      PackId id = writer.pack().id();
      unrecorded.put(id, new LivePack(id, domain, part.length, part.sealed));
    } else {
      index.remove(writer.cutToSynced());
      lastFailure = part.failure;
      losses.incrementAndGet();
    }
  }

  private void releaseIfDone(PackWriter writer) {
    if (!writer.ended() || writer.unsynced() || inRound) {
      return;
    }
    writers.remove(writer);
    if (writer.syncedBytes() == 0) {
      packs.drop(writer.pack());
      writer.discard();
    } else {
      writer.close();
    }
  }
}

package io.aifs.server.engine.search;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.vector.IndexFolder;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexStats;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

/**
 * An open index, and how far it has followed. One thread at a time changes it; any may search it,
 * and it is not closed under them.
 */
final class FollowedIndex {
  private final EmbeddingSpace space;
  private final VectorIndex index;
  private final ReentrantReadWriteLock lives = new ReentrantReadWriteLock();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final BiConsumer<FollowedIndex, Exception> lost;

  /** Of an index that does not count at rest yet. */
  private Optional<IndexFolder.Fresh> fresh;

  private boolean closed;
  private volatile long position;
  private final AtomicLong changes = new AtomicLong();
  private volatile long refreshedChanges = -1;
  private long committedPosition;
  private long committedChanges;
  private long committedNanos = System.nanoTime();
  private final AtomicInteger commits = new AtomicInteger();

  /**
   * @param position up to where what happened is in it
   * @param fresh its files, if it is not the one that counts at rest
   * @param lost told that it cannot be used any more
   */
  FollowedIndex(
      EmbeddingSpace space,
      VectorIndex index,
      long position,
      Optional<IndexFolder.Fresh> fresh,
      BiConsumer<FollowedIndex, Exception> lost) {
    this.space = space;
    this.index = index;
    this.position = position;
    this.committedPosition = fresh.isPresent() ? -1 : position;
    this.fresh = fresh;
    this.lost = lost;
  }

  /** A search came to an index that is closed: another may be there in its place. */
  static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("the index is closed");
    }
  }

  /** What searches do while the index stays open. */
  private interface Use<T> {
    T of(VectorIndex index) throws IOException;
  }

  EmbeddingSpace space() {
    return space;
  }

  long position() {
    return position;
  }

  void replace(List<AssetVectors> assets) throws IOException {
    index.replace(assets);
    var _ = changes.addAndGet(assets.size());
  }

  /** What happened up to there is in it. */
  void reached(long sequence) {
    position = Math.max(position, sequence);
  }

  /** Lets searches see all changes. */
  void refresh() throws IOException {
    long seen = changes.get();
    if (refreshedChanges >= seen) {
      return;
    }
    refreshing.lock();
    try {
      if (refreshedChanges < seen) {
        seen = changes.get();
        var _ =
            use(
                open -> {
                  open.refresh();
                  return open;
                });
        refreshedChanges = seen;
      }
    } finally {
      refreshing.unlock();
    }
  }

  List<Hit> search(VectorQuery query) throws IOException {
    return use(open -> open.search(query));
  }

  IndexStats stats() throws IOException {
    return use(VectorIndex::stats);
  }

  void checkIntegrity() throws IOException {
    var _ =
        use(
            open -> {
              open.checkIntegrity();
              return open;
            });
  }

  private <T> T use(Use<T> use) throws IOException {
    Lock lock = lives.readLock();
    lock.lock();
    try {
      if (closed) {
        throw new ClosedException();
      }
      return use.of(index);
    } finally {
      lock.unlock();
    }
  }

  /** Changes since the last commit. */
  long uncommitted() {
    return changes.get() - committedChanges;
  }

  /** Whether anything would be replayed after a crash, or all built again. */
  boolean isBehind() {
    return fresh.isPresent() || uncommitted() > 0 || position > committedPosition;
  }

  /** When the last commit was, or was tried; of {@link System#nanoTime}. */
  long committedNanos() {
    return committedNanos;
  }

  /** How often it became durable since it was opened. */
  int commits() {
    return commits.get();
  }

  /** Makes it durable, and the one that counts at rest. */
  void commit() throws IOException {
    committedNanos = System.nanoTime();
    long reached = position;
    long made = changes.get();
    index.commit(reached);
    if (fresh.isPresent()) {
      fresh.get().adopt();
      fresh = Optional.empty();
    }
    committedPosition = reached;
    committedChanges = made;
    var _ = commits.incrementAndGet();
  }

  /** Before it counts: durable, so that what remains to be done then is little. */
  void prepare() throws IOException {
    index.commit(position);
    committedChanges = changes.get();
  }

  void optimize() throws IOException {
    index.optimize();
  }

  /** Tells that it cannot be used any more, and why. On any thread, any number of times. */
  void fail(Exception why) {
    lost.accept(this, why);
  }

  /** Ends it once running searches have ended; later ones are refused. */
  void close() throws IOException {
    lives.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        index.close();
      }
    } finally {
      lives.writeLock().unlock();
    }
  }
}

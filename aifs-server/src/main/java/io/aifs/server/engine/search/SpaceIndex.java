package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.vector.IndexFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The index of one space through its life: opened, built, replaced, lost, dropped. What is at rest
 * is trusted only if it opens as it was written; else it is deleted and built from the catalog.
 * Thread-safe.
 */
final class SpaceIndex {
  private static final System.Logger LOG = System.getLogger(SpaceIndex.class.getName());

  /** A commit by the way is a sign that an index works. */
  private static final int COMMITS_OF_SOUND = 2;

  private final EmbeddingSpace space;
  private final String label;
  private final FolderSource folders;
  private final IndexBuilder builder;
  private final NamespaceFollower follower;
  private final IndexWork work;
  private final IndexTuning tuning;

  /** Held by who opens, builds or drops: for long. */
  private final ReentrantLock changing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();

  /** Guarded by the lock, as is what follows. */
  private Phase phase = Phase.OPENING;

  private Optional<IndexBuild> building = Optional.empty();
  private Optional<String> lastDamage = Optional.empty();
  private int failures;

  /** What searches use. */
  private volatile Optional<FollowedIndex> current = Optional.empty();

  private enum Phase {
    /** What is at rest is not known yet. */
    OPENING,
    /** There is none, but there shall be. */
    MISSING,
    READY,
    DROPPED
  }

  /** Where it rests. */
  @FunctionalInterface
  interface FolderSource {
    IndexFolder folder() throws IOException;
  }

  /**
   * @param label names the space in messages
   */
  SpaceIndex(
      EmbeddingSpace space,
      String label,
      FolderSource folders,
      IndexBuilder builder,
      NamespaceFollower follower,
      IndexWork work,
      IndexTuning tuning) {
    this.space = space;
    this.label = label;
    this.folders = folders;
    this.builder = builder;
    this.follower = follower;
    this.work = work;
    this.tuning = tuning;
  }

  EmbeddingSpace space() {
    return space;
  }

  String label() {
    return label;
  }

  IndexFolder folder() throws IOException {
    return folders.folder();
  }

  Optional<FollowedIndex> current() {
    return current;
  }

  IndexState state() {
    if (current.isPresent()) {
      return IndexState.READY;
    }
    lock.lock();
    try {
      return phase == Phase.DROPPED ? IndexState.DROPPED : IndexState.BUILDING;
    } finally {
      lock.unlock();
    }
  }

  Optional<String> lastDamage() {
    lock.lock();
    try {
      return lastDamage;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits while it is being opened, which takes less than to do without.
   *
   * @param deadline of {@link System#nanoTime}
   */
  Optional<FollowedIndex> awaitOpened(long deadline) {
    lock.lock();
    try {
      long left = deadline - System.nanoTime();
      while (phase == Phase.OPENING && left > 0 && !work.closing()) {
        left = settled.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return current;
  }

  /** Has what is at rest opened, in the background. */
  void openLater() {
    work.open(this::open);
  }

  private void open() {
    changing.lock();
    try {
      if (phase() != Phase.OPENING || work.closing()) {
        return;
      }
      IndexFolder folder = folders.folder();
      switch (folder.look()) {
        case IndexFolder.AtRest.Dropped _ -> settle(Phase.DROPPED);
        case IndexFolder.AtRest.Nothing _ -> {
          settle(Phase.MISSING);
          var _ = requestBuild();
        }
        case IndexFolder.AtRest.Built built ->
            join(builder.reopen(built.files(), this::lost, work));
      }
    } catch (IndexFailedException e) {
      damaged(e);
    } catch (CancellationException _) {
      // the store is being closed
    } catch (IOException | RuntimeException e) {
      retry("opened", e, this::openLater);
    } finally {
      changing.unlock();
    }
  }

  private void join(FollowedIndex opened) throws IOException {
    boolean joined = false;
    try {
      follower.join(opened, () -> swap(opened));
      joined = true;
    } finally {
      if (!joined) {
        opened.close();
      }
    }
  }

  /** On the follower's thread. */
  private Optional<FollowedIndex> swap(FollowedIndex next) {
    lock.lock();
    try {
      Optional<FollowedIndex> old = current;
      current = Optional.of(next);
      phase = Phase.READY;
      settled.signalAll();
      return old;
    } finally {
      lock.unlock();
    }
  }

  private Phase phase() {
    lock.lock();
    try {
      return phase;
    } finally {
      lock.unlock();
    }
  }

  private void settle(Phase next) {
    lock.lock();
    try {
      phase = next;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is at rest, or what was open, is not good for anything. */
  private void damaged(Exception why) {
    lock.lock();
    try {
      lastDamage = Optional.of(String.valueOf(why.getMessage()));
      failures++;
      phase = Phase.MISSING;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        label
            + " is damaged and is built again; searches look at every vector meanwhile: "
            + why.getMessage());
    rebuildLater();
  }

  /** An open index failed a search or a change. */
  void lost(FollowedIndex index, Exception why) {
    lock.lock();
    try {
      if (current.filter(now -> now == index).isEmpty() || work.closing()) {
        return; // told before, or replaced
      }
      current = Optional.empty();
      failures = index.commits() >= COMMITS_OF_SOUND ? 0 : failures;
    } finally {
      lock.unlock();
    }
    follower.leaveLater(index);
    follower.recheck();
    damaged(why);
  }

  /** At once for the first time; one that is lost again and again must not take all there is. */
  private void rebuildLater() {
    lock.lock();
    try {
      Duration pause = failures <= 1 ? Duration.ZERO : tuning.pause(failures - 1);
      work.later(
          pause,
          () -> {
            if (phase() == Phase.MISSING) {
              var _ = requestBuild();
            }
          });
    } finally {
      lock.unlock();
    }
  }

  private void retry(String what, Exception why, Runnable again) {
    Duration pause;
    boolean first;
    lock.lock();
    try {
      failures++;
      first = failures == 1;
      pause = tuning.pause(failures);
    } finally {
      lock.unlock();
    }
    LOG.log(
        first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
        label + " cannot be " + what + " now; it is tried again: " + why);
    work.later(pause, again);
  }

  /** Has it built from the catalog in the background; one that is under way counts. */
  IndexBuild requestBuild() {
    lock.lock();
    try {
      Optional<IndexBuild> running = building.filter(one -> !one.cancelled());
      if (running.isPresent()) {
        return running.get();
      }
      IndexBuild build = new IndexBuild();
      building = Optional.of(build);
      if (work.closing()) {
        build.failed(new CancellationException("the server shuts down"));
      } else {
        work.build(() -> run(build));
      }
      return build;
    } finally {
      lock.unlock();
    }
  }

  private void run(IndexBuild build) {
    changing.lock();
    try {
      build.check();
      IndexFolder folder = folders.folder();
      Phase before = phase();
      if (before == Phase.MISSING) {
        folder.discard();
      }
      IndexFolder.Fresh fresh = folder.begin();
      boolean joined = false;
      try {
        join(builder.build(fresh, this::lost, build));
        joined = true;
      } finally {
        if (!joined) {
          fresh.abandon();
        }
      }
      ended(build);
      build.succeeded();
    } catch (IOException | RuntimeException e) {
      ended(build);
      build.failed(e);
      afterFailure(e);
    } finally {
      changing.unlock();
    }
  }

  private void ended(IndexBuild build) {
    lock.lock();
    try {
      building = building.filter(one -> one != build);
    } finally {
      lock.unlock();
    }
  }

  /** Nobody may be waiting: what shall be there is tried again. */
  private void afterFailure(Exception why) {
    if (!(why instanceof CancellationException) && phase() == Phase.MISSING) {
      retry(
          "built",
          why,
          () -> {
            if (phase() == Phase.MISSING) {
              var _ = requestBuild();
            }
          });
    }
  }

  /** Ends a build that is under way. */
  void cancel() {
    lock.lock();
    try {
      building.ifPresent(IndexBuild::cancel);
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Deletes it until it is built: durable on return.
   *
   * @throws AifsException if that cannot be written; it is not used any more all the same
   */
  void drop() {
    cancel();
    changing.lock();
    try {
      Optional<FollowedIndex> old;
      lock.lock();
      try {
        old = current;
        current = Optional.empty();
        phase = Phase.DROPPED;
        lastDamage = Optional.empty();
        failures = 0;
        settled.signalAll();
      } finally {
        lock.unlock();
      }
      follower.recheck();
      if (old.isPresent()) {
        follower.leave(old.get());
      }
      folders.folder().drop();
    } catch (IOException e) {
      throw EmbeddingSource.translate(e, "dropping " + label + " failed");
    } finally {
      changing.unlock();
    }
  }
}

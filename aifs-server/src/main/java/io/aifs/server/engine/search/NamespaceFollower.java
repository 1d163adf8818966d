package io.aifs.server.engine.search;

import io.aifs.vector.IndexDamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Follows the outbox of one namespace with all open indexes of it, on a thread of its own, which
 * sleeps until there is something to do: a write, a search that waits, or a commit that is due.
 * Only this thread changes an index that has joined. Thread-safe.
 */
final class NamespaceFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NamespaceFollower.class.getName());
  private static final int END_SECONDS_MAX = 60;

  /** A commit that only spares reading events again is worth less. */
  private static final int COMMITS_WITHOUT_CHANGES = 20;

  private final OutboxReader outbox;
  private final IndexTuning tuning;
  private final String name;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition advanced = lock.newCondition();

  /** Guarded by the lock, as is what follows, up to {@link #reached}. */
  private final Queue<Command> commands = new ArrayDeque<>();

  private boolean dirty;
  private boolean closing;
  private volatile long reached;

  /** Of the thread alone, as is what follows. */
  private final Set<FollowedIndex> members = new LinkedHashSet<>();

  private long position;
  private int failures;
  private long pausedUntil = System.nanoTime();
  private boolean commitsFail;

  /** Something to be done by the thread. */
  private interface Command {
    void run() throws IOException;
  }

  /**
   * @param name of the namespace
   */
  NamespaceFollower(OutboxReader outbox, IndexTuning tuning, String name) {
    this.outbox = outbox;
    this.tuning = tuning;
    this.name = name;
    this.thread = Thread.ofPlatform().daemon().name("aifs-vectors-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** There may be something new. Quick. */
  void wake() {
    lock.lock();
    try {
      dirty = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Has those who wait look whether that is still worth it. */
  void recheck() {
    lock.lock();
    try {
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Up to where what happened is in all indexes that have joined. */
  long reached() {
    return reached;
  }

  /**
   * Waits until all is in the indexes that happened up to {@code version}.
   *
   * @param deadline of {@link System#nanoTime}
   * @param wanted whether it is still worth to wait
   * @return whether it is
   */
  boolean await(long version, long deadline, BooleanSupplier wanted) {
    if (reached >= version) {
      return true;
    }
    lock.lock();
    try {
      dirty = true; // it may be that only other namespaces have moved on: a look tells
      work.signal();
      long left = deadline - System.nanoTime();
      while (reached < version && left > 0 && !closing && wanted.getAsBoolean()) {
        left = advanced.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return reached >= version;
  }

  /**
   * Has an index follow from now on; it is up to date then, and was made durable or will be.
   *
   * @param swap tells that it has joined, and which one it replaces, which is closed then
   * @throws IndexFailedException if it could not be changed
   * @throws CancellationException if this is closed
   */
  void join(FollowedIndex index, Supplier<Optional<FollowedIndex>> swap) throws IOException {
    call(
        () -> {
          admit(index);
          index.refresh();
          swap.get().ifPresent(this::remove);
          commit(index);
        });
  }

  /** On the thread: brings it as far as the others are. */
  private void admit(FollowedIndex index) throws IOException {
    List<Exception> broken = new ArrayList<>();
    boolean last = false;
    while (!last && (members.isEmpty() || index.position() < position)) {
      last =
          outbox.step(index.position(), List.of(index), (_, failure) -> broken.add(failure)).last();
      if (!broken.isEmpty()) {
        throw new IndexFailedException(broken.getFirst());
      }
    }
    if (members.isEmpty()) {
      publish(index.position());
    }
    members.add(index);
  }

  /** Has an index follow no longer, and closes it; returns when that is done. */
  void leave(FollowedIndex index) throws IOException {
    call(() -> remove(index));
  }

  /** The same, at some time before whatever is asked for later. */
  void leaveLater(FollowedIndex index) {
    submit(() -> remove(index));
  }

  private void remove(FollowedIndex index) {
    members.remove(index);
    try {
      index.close();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "an index that is not needed was not closed cleanly", e);
    }
  }

  private boolean submit(Command command) {
    lock.lock();
    try {
      if (closing) {
        return false;
      }
      commands.add(command);
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void call(Command command) throws IOException {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    boolean taken =
        submit(
            () -> {
              try {
                command.run();
                done.complete(true);
              } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
              } finally {
                done.complete(false);
              }
            });
    if (!taken) {
      throw new CancellationException("the server shuts down");
    }
    try {
      if (!result(done)) {
        throw new IOException("the thread that follows the events of " + name + " has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** What came of it; false if the thread ended over it. */
  private boolean result(CompletableFuture<Boolean> done)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return done.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException _) {
        if (!thread.isAlive() && !done.isDone()) {
          return false;
        }
      }
    }
  }

  private void run() {
    while (awaitWork()) {
      runCommands();
      if (pausedUntil - System.nanoTime() <= 0) {
        follow();
      }
      members.stream().toList().forEach(this::commitIfDue);
    }
    runCommands();
    for (FollowedIndex index : List.copyOf(members)) {
      if (index.isBehind()) {
        commit(index);
      }
      remove(index);
    }
  }

  /** Sleeps until there is something to do; false to end. */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closing && commands.isEmpty()) {
        long left = dirty ? pausedUntil - System.nanoTime() : Long.MAX_VALUE;
        if (left <= 0) {
          break;
        }
        left = Math.min(left, nanosToCommit());
        if (left <= 0) {
          break;
        }
        var _ = work.awaitNanos(left);
      }
      return !closing;
    } catch (InterruptedException _) {
      return !closing; // nobody has a reason to interrupt it
    } finally {
      lock.unlock();
    }
  }

  private void runCommands() {
    while (true) {
      Command command;
      lock.lock();
      try {
        command = commands.poll();
      } finally {
        lock.unlock();
      }
      if (command == null) {
        return;
      }
      try {
        command.run();
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "work on vector indexes of " + name + " failed", e);
      }
    }
  }

  /** Up to the end of the outbox, or until there is something else to do. */
  private void follow() {
    lock.lock();
    try {
      if (!dirty || members.isEmpty()) {
        dirty = dirty && !members.isEmpty();
        return;
      }
      dirty = false;
    } finally {
      lock.unlock();
    }
    try {
      boolean last = false;
      while (!last) {
        OutboxReader.Step step = outbox.step(position, members, FollowedIndex::fail);
        publish(step.reached());
        last = step.last();
        members.stream().toList().forEach(this::commitIfDue);
        if (!last && hasOtherWork()) {
          wake();
          return;
        }
      }
      failures = 0;
    } catch (IOException | RuntimeException e) {
      failures++;
      Duration pause = tuning.pause(failures);
      pausedUntil = System.nanoTime() + pause.toNanos();
      wake();
      LOG.log(
          failures == 1 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
          "vector indexes of " + name + " cannot follow now; they go on later: " + e);
    }
  }

  private boolean hasOtherWork() {
    lock.lock();
    try {
      return closing || !commands.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void publish(long sequence) {
    position = sequence;
    lock.lock();
    try {
      reached = sequence;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long nanosToCommit() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (FollowedIndex index : members) {
      if (index.isBehind()) {
        least = Math.min(least, index.committedNanos() + commitNanos(index) - now);
      }
    }
    return least;
  }

  private long commitNanos(FollowedIndex index) {
    long every = tuning.commitEvery().toNanos();
    return index.uncommitted() > 0 ? every : every * COMMITS_WITHOUT_CHANGES;
  }

  private void commitIfDue(FollowedIndex index) {
    boolean many = index.uncommitted() >= tuning.commitChanges() && !commitsFail;
    boolean old = index.committedNanos() + commitNanos(index) - System.nanoTime() <= 0;
    if (many || (old && index.isBehind())) {
      commit(index);
    }
  }

  /** What cannot be made durable (the disk is full) stays in memory, and is tried again later. */
  private void commit(FollowedIndex index) {
    try {
      index.commit();
      commitsFail = false;
    } catch (IndexDamagedException e) {
      index.fail(e);
    } catch (IOException | RuntimeException e) {
      LOG.log(
          commitsFail ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "the vector index of space "
              + index.space().name()
              + " of "
              + name
              + " cannot be made durable now; searches go on, and it is tried again: "
              + e);
      commitsFail = true;
    }
  }

  /** Makes all durable, and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(Duration.ofSeconds(END_SECONDS_MAX))) {
        LOG.log(System.Logger.Level.WARNING, "the vector indexes of " + name + " did not close");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

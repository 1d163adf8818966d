package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.UploadSlots;
import io.grpc.Context;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one upload: its messages one after the other, a slot once it is large, a watch for
 * stalls. However it ends, it ends once, and what it held is let go. Thread-safe.
 */
final class UploadLife {
  private final Uploads shared;
  private final Consumer<AifsException> onStall;
  private final Future<?> watch;
  // Held while a message is dealt with: whoever finds it taken knows that the upload is alive.
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long handled;
  private boolean ended;
  private long received;
  private Runnable release = () -> {};
  private UploadSlots.@Nullable Slot slot;

  /**
   * @param onStall ends the call that moved no byte for too long
   */
  UploadLife(Uploads shared, CallCharge charge, Consumer<AifsException> onStall) {
    this.shared = shared;
    this.onStall = onStall;
    this.watch =
        shared.stalls.watch(
            () -> charge.progress() + handled, () -> shared.executor.execute(this::stalled));
  }

  /**
   * Deals with a message; what {@code work} throws ends the upload.
   *
   * @return whether it was dealt with, and another may come: false if the upload has ended
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only under the lock
  boolean handle(Runnable work) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      work.run();
      handled++;
      return true;
    } catch (RuntimeException e) {
      endLocked();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Says what to let go in the end. To be called while a message is dealt with. */
  void holds(Runnable newRelease) {
    release = newRelease;
  }

  /** Counts content; waits for a slot once it is not small any more. Call as {@link #holds}. */
  void received(int bytes) {
    received += bytes;
    if (slot == null && received > Limits.FRAME_BYTES) {
      slot = shared.slots.take(Context.current());
    }
  }

  /** Ends the upload with a result; empty if it has ended already. */
  <T> Optional<T> finish(Supplier<T> work) {
    lock.lock();
    try {
      return ended ? Optional.empty() : Optional.of(work.get());
    } finally {
      endLocked();
      lock.unlock();
    }
  }

  /** The client went away, or the call was ended for it. */
  void end() {
    lock.lock();
    try {
      endLocked();
    } finally {
      lock.unlock();
    }
  }

  private void stalled() {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!ended) {
        AifsException.Unavailable failure = shared.stalls.stalled("the upload");
        endLocked();
        onStall.accept(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void endLocked() {
    ended = true;
    watch.cancel(false);
    release.run();
    if (slot != null) {
      slot.close();
    }
  }
}

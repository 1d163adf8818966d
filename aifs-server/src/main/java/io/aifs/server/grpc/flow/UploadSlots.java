package io.aifs.server.grpc.flow;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.grpc.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many uploads are in progress at once, since each holds memory; others wait their turn for a
 * while. Fair. Thread-safe.
 */
public final class UploadSlots {
  /** What an upload in progress holds at most: batches being cut, compressed and sealed. */
  public static final long UPLOAD_BYTES = 4L << 20;

  private static final long RETRY_AFTER_MILLIS = 2_000;

  private final Object lock = new Object();
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private final int slots;
  private final long waitMillisMax;
  private int taken;

  /** Someone who waits; says whether a slot was handed over or nobody waits any more. */
  private static final class Turn {
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
  }

  public UploadSlots(int slots, long waitMillisMax) {
    this.slots = slots;
    this.waitMillisMax = waitMillisMax;
  }

  /** As many slots as fit into {@code bytes}, at least one. */
  public static int fitting(long bytes) {
    return Math.clamp(bytes / UPLOAD_BYTES, 1, 10_000);
  }

  public int taken() {
    synchronized (lock) {
      return taken;
    }
  }

  /** A slot that is held; closing it twice does nothing. */
  public final class Slot implements AutoCloseable {
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Slot() {}

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        release();
      }
    }
  }

  /**
   * Waits for a slot.
   *
   * @param call ends the wait when it is cancelled
   * @throws AifsException.LimitExceeded if none became free in time
   */
  public Slot take(Context call) {
    Turn turn = new Turn();
    synchronized (lock) {
      if (taken < slots) {
        taken++;
        return new Slot();
      }
      waiting.addLast(turn);
    }
    Context.CancellationListener giveUp = _ -> turn.granted.complete(false);
    call.addListener(giveUp, Runnable::run);
    try {
      if (await(turn)) {
        return new Slot();
      }
      throw cancelled();
    } finally {
      call.removeListener(giveUp);
    }
  }

  private boolean await(Turn turn) {
    try {
      return turn.granted.get(waitMillisMax, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (!turn.granted.complete(false)) {
        return turn.granted.join(); // its turn came at the last moment
      }
      throw busy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (turn.granted.complete(false)) {
        throw cancelled();
      }
      return turn.granted.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn never fails", e);
    } finally {
      synchronized (lock) {
        waiting.remove(turn);
      }
    }
  }

  private void release() {
    synchronized (lock) {
      taken--;
      while (taken < slots && !waiting.isEmpty()) {
        if (waiting.removeFirst().granted.complete(true)) {
          taken++;
        }
      }
    }
  }

  private AifsException.LimitExceeded busy() {
    return new AifsException.LimitExceeded(
        Reason.MEMORY_BUDGET,
        "the server is busy with " + slots + " uploads and none ended in " + waitMillisMax + " ms",
        "try again in a moment, with fewer uploads at once",
        RETRY_AFTER_MILLIS);
  }

  private static AifsException.Unavailable cancelled() {
    return new AifsException.Unavailable(
        Reason.CANCELLED, "the upload was given up while it waited for its turn", "", null);
  }
}

package io.aifs.server.grpc.flow;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends a stream of messages no faster than the client takes them. Made inside the call's method,
 * before it returns; {@link #send} is for one other thread.
 */
public final class FrameSender<R> {
  private static final int QUEUED_BYTES = 2 * Limits.FRAME_BYTES;

  private final ServerCallStreamObserver<R> observer;
  private final StallWatch stalls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public FrameSender(ServerCallStreamObserver<R> observer, StallWatch stalls) {
    this.observer = observer;
    this.stalls = stalls;
    observer.setOnReadyThreshold(QUEUED_BYTES);
    observer.setOnReadyHandler(this::signal);
    observer.setOnCancelHandler(this::signal);
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends one message, once there is room for it.
   *
   * @throws AifsException.Unavailable if the client went away or takes nothing any more
   */
  public void send(R message) {
    awaitReady();
    observer.onNext(message);
  }

  private void awaitReady() {
    lock.lock();
    try {
      long leftNanos = TimeUnit.MILLISECONDS.toNanos(stalls.stallMillis());
      while (!observer.isReady()) {
        requireWanted();
        if (leftNanos <= 0) {
          throw stalls.stalled("the download");
        }
        leftNanos = changed.awaitNanos(leftNanos);
      }
      requireWanted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw gone();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns if somebody still waits for messages: for work that sends none for long.
   *
   * @throws AifsException.Unavailable if the client went away or its deadline has passed
   */
  public void requireWanted() {
    if (observer.isCancelled()) {
      throw gone();
    }
  }

  private static AifsException.Unavailable gone() {
    return new AifsException.Unavailable(
        Reason.CANCELLED, "the client no longer waits for the answer", "", null);
  }
}

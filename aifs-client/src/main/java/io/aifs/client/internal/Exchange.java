package io.aifs.client.internal;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC call as a blocking thread sees it: it waits until it may send, and takes answers as they
 * come, of which few are kept. Each wait ends when the call ends or nothing happens for a time. One
 * thread at a time sends or takes; any thread may cancel.
 */
final class Exchange<Q, R> {
  /** Answers asked for ahead of the taker: bounds memory, hides the way back. */
  private static final int PREFETCH = 4;

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final ClientCall<Q, R> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<R> received = new ArrayDeque<>();
  private volatile boolean cancelledHere;
  private long readySignals;
  private @Nullable Ended ended;

  /** How the call ended. */
  private record Ended(Status status, Metadata trailers) {}

  Exchange(ClientCall<Q, R> call) {
    this.call = call;
  }

  void start(Metadata headers) {
    call.start(new Answers(), headers);
    call.request(PREFETCH);
  }

  /**
   * Waits until the transport takes another message; false when the call has ended.
   *
   * @throws StalledException if it took none for {@code patience}
   */
  boolean awaitReady(Duration patience) throws InterruptedException, StalledException {
    while (true) {
      long seen = readySignalsUnlessEnded();
      if (seen < 0) {
        return false;
      }
      // Asked outside the lock, which the transport's threads take while they hold their own.
      if (call.isReady()) {
        return true;
      }
      awaitSignalAfter(seen, patience);
    }
  }

  private long readySignalsUnlessEnded() {
    lock.lock();
    try {
      return ended == null ? readySignals : -1;
    } finally {
      lock.unlock();
    }
  }

  private void awaitSignalAfter(long seen, Duration patience)
      throws InterruptedException, StalledException {
    lock.lockInterruptibly();
    try {
      long nanosLeft = patience.toNanos();
      while (ended == null && readySignals == seen) {
        if (nanosLeft <= 0) {
          throw new StalledException(patience);
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a message. {@code compressed} has an effect only in a call that has an encoding. */
  void send(Q message, boolean compressed) {
    call.setMessageCompression(compressed);
    call.sendMessage(message);
  }

  void finishSending() {
    call.halfClose();
  }

  /**
   * The next answer; empty when the call ended well.
   *
   * @throws StatusException if it ended otherwise
   * @throws StalledException if nothing came for {@code patience}
   */
  Optional<R> next(Duration patience)
      throws InterruptedException, StalledException, StatusException {
    Optional<R> answer = take(patience);
    if (answer.isPresent()) {
      call.request(1);
    }
    return answer;
  }

  private Optional<R> take(Duration patience)
      throws InterruptedException, StalledException, StatusException {
    lock.lockInterruptibly();
    try {
      long nanosLeft = patience.toNanos();
      while (received.isEmpty() && ended == null) {
        if (nanosLeft <= 0) {
          throw new StalledException(patience);
        }
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
      if (!received.isEmpty()) {
        return Optional.of(received.remove());
      }
      if (ended != null && !ended.status.isOk()) {
        throw failure(ended);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call that nobody here cancelled was cut off by a server on its way down: it may come back.
   */
  private StatusException failure(Ended end) {
    boolean cutOff =
        end.status.getCode() == Status.Code.CANCELLED
            && !cancelledHere
            && !end.trailers.containsKey(DETAILS);
    return cutOff
        ? Status.UNAVAILABLE
            .withDescription("it cut the call off: " + end.status.getDescription())
            .asException(end.trailers)
        : end.status.asException(end.trailers);
  }

  /** Ends the call; does nothing to one that has ended. */
  void cancel(String why) {
    cancelledHere = true;
    if (readySignalsUnlessEnded() >= 0) {
      call.cancel(why, null);
    }
  }

  /** What the transport's threads tell; nothing here waits, so it runs on them. */
  private final class Answers extends ClientCall.Listener<R> {
    @Override
    public void onMessage(R message) {
      tell(() -> received.add(message));
    }

    @Override
    public void onReady() {
      tell(() -> readySignals++);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      tell(() -> ended = new Ended(status, trailers));
    }

    private void tell(Runnable change) {
      lock.lock();
      try {
        change.run();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

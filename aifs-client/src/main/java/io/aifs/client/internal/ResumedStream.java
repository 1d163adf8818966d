package io.aifs.client.internal;

import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one stream after the other: each goes on where the one before was cut. One thread
 * takes messages; any may close.
 */
final class ResumedStream<Q, R> implements AutoCloseable {
  /** What may be quiet for as long as nothing happens is no stall. */
  static final Duration PATIENCE = Duration.ofDays(365);

  private final Caller caller;
  private final MethodDescriptor<Q, R> method;
  private final Supplier<Q> request;
  private final Duration patience;
  private final CallContext context;
  private Backoff backoff;
  private boolean ended;
  private volatile boolean closed;
  private volatile @Nullable Exchange<Q, R> exchange;

  /**
   * @param request what to ask for, given what came so far
   * @param patience how long a stream may be quiet
   */
  ResumedStream(
      Caller caller, MethodDescriptor<Q, R> method, Supplier<Q> request, Duration patience) {
    this.caller = caller;
    this.method = method;
    this.request = request;
    this.patience = patience;
    this.context = caller.newContext(method);
    this.backoff = caller.newBackoff();
  }

  /** Waits for a message; empty once there are no more, or this is closed. */
  Optional<R> next() {
    while (!ended && !closed) {
      try {
        Optional<R> message = receive();
        ended = message.isEmpty();
        return closed ? Optional.empty() : message;
      } catch (StatusException e) {
        exchange = null;
        if (!closed) {
          caller.awaitRetry(backoff, FailureMapper.of(e, context), PATIENCE, context);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<R> receive() throws StatusException {
    Exchange<Q, R> from = exchange;
    if (from == null) {
      from = begin();
    }
    try {
      Optional<R> message = from.next(patience);
      backoff = caller.newPatientBackoff(); // it was there: it will be again
      return message;
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    }
  }

  private Exchange<Q, R> begin() {
    Exchange<Q, R> begun = caller.transfer(method, context);
    exchange = begun;
    begun.send(request.get(), false);
    begun.finishSending();
    if (closed) {
      begun.cancel("the stream is closed");
    }
    return begun;
  }

  /** The logical call, which all of the streams are. */
  CallContext context() {
    return context;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    Exchange<Q, R> running = exchange;
    if (running != null) {
      running.cancel("the stream is closed");
    }
  }
}

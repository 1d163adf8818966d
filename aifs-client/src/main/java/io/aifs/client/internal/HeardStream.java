package io.aifs.client.internal;

import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stream whose messages somebody hears as they come, to its end. It is tried again until its
 * first message, and not after it: what was heard would be heard twice.
 */
final class HeardStream<Q, R> {
  private final Caller caller;
  private final MethodDescriptor<Q, R> method;
  private final Q request;
  private final CallContext context;
  private boolean begun;

  HeardStream(Caller caller, MethodDescriptor<Q, R> method, Q request) {
    this.caller = caller;
    this.method = method;
    this.request = request;
    this.context = caller.newContext(method);
  }

  /** Returns at its end; once. */
  void run(Consumer<R> listener) {
    Backoff backoff = caller.newBackoff();
    while (true) {
      try {
        attempt(listener);
        return;
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        caller.awaitRetry(backoff, begun ? Failure.lasting(failure.exception()) : failure, context);
      }
    }
  }

  private void attempt(Consumer<R> listener) throws StatusException {
    Exchange<Q, R> exchange = caller.transfer(method, context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      Optional<R> message = exchange.next(caller.stallTimeout());
      while (message.isPresent()) {
        begun = true;
        listener.accept(message.get());
        message = exchange.next(caller.stallTimeout());
      }
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the call was given up");
    }
  }

  CallContext context() {
    return context;
  }
}

package io.aifs.server.grpc.gate;

import com.google.protobuf.MessageLite;
import io.aifs.core.AifsException;
import io.aifs.server.auth.Caller;
import io.aifs.server.grpc.limit.CallLimiter;
import io.aifs.server.grpc.limit.CallTicket;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Refuses calls of those who make too many, and ends calls that carry too much. Behind the {@link
 * TokenInterceptor}: what needs no token, which is health, is never limited. Thread-safe.
 */
public final class LimitGate implements ServerInterceptor {
  private static final Context.Key<CallTicket> KEY = Context.key("aifs-call-ticket");

  private final CallLimiter limiter;

  public LimitGate(CallLimiter limiter) {
    this.limiter = limiter;
  }

  /** The ticket of the call that this thread works for. */
  public static CallTicket ticket() {
    CallTicket ticket = KEY.get();
    if (ticket == null) {
      throw new IllegalStateException("no call of a token is being served by this thread");
    }
    return ticket;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Caller caller = CallScope.current().caller();
    if (TokenInterceptor.isNobody(caller)) {
      return next.startCall(call, headers);
    }
    CallTicket ticket = limiter.begin(caller);
    // Before the client learns of the end, so that its next call finds room.
    GuardedCall.current().onEnd(ticket::close);
    Context context = Context.current().withValue(KEY, ticket);
    return new CountedListener<>(
        Contexts.interceptCall(context, new CountedCall<>(call, ticket), headers, next), ticket);
  }

  /** The bytes of a message as it is on the wire, uncompressed. */
  private static long bytes(Object message) {
    return message instanceof MessageLite known ? known.getSerializedSize() : 0;
  }

  private static final class CountedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final CallTicket ticket;

    CountedCall(ServerCall<Q, R> call, CallTicket ticket) {
      super(call);
      this.ticket = ticket;
    }

    @Override
    public void sendMessage(R message) {
      try {
        ticket.sent(bytes(message));
      } catch (AifsException.LimitExceeded e) {
        close(Status.UNKNOWN.withCause(e), new Metadata());
        throw e; // so that whoever sends ends, too
      }
      super.sendMessage(message);
    }
  }

  private static final class CountedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final CallTicket ticket;

    CountedListener(ServerCall.Listener<Q> listener, CallTicket ticket) {
      super(listener);
      this.ticket = ticket;
    }

    @Override
    public void onMessage(Q message) {
      ticket.received(bytes(message));
      super.onMessage(message);
    }

    @Override
    public void onCancel() {
      ticket.close();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      ticket.close();
      super.onComplete();
    }
  }
}

package io.aifs.server.grpc.gate;

import io.aifs.core.Limits;
import io.aifs.server.grpc.flow.CallCharge;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.Supplier;

/**
 * The outermost interceptor: names the call, ends it when its memory cannot be had, and turns
 * whatever is thrown inside into a status. Thread-safe.
 */
public final class CallGuard implements ServerInterceptor {
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("aifs-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<String> KEY = Context.key("aifs-request-id");

  private final Supplier<String> requestIds;

  /**
   * @param requestIds names the calls whose client does not
   */
  public CallGuard(Supplier<String> requestIds) {
    this.requestIds = requestIds;
  }

  /** The name of the call that this thread works for. */
  static String requestId() {
    String id = KEY.get();
    if (id == null) {
      throw new IllegalStateException("no call is being served by this thread");
    }
    return id;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String id = idOf(headers);
    CallNotes.current().requestId(id);
    GuardedCall<Q, R> guarded = new GuardedCall<>(call, id);
    CallCharge charge = CallCharge.current();
    charge.onRefused(guarded::fail);
    Context context = Context.current().withValues(KEY, id, GuardedCall.KEY, guarded);
    try {
      ServerCall.Listener<Q> listener = Contexts.interceptCall(context, guarded, headers, next);
      return new GuardedListener<>(listener, guarded, charge);
    } catch (RuntimeException e) {
      guarded.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private String idOf(Metadata headers) {
    String sent = headers.get(REQUEST_ID);
    return sent == null || sent.isBlank() || sent.length() > Limits.REQUEST_ID_BYTES_MAX
        ? requestIds.get()
        : sent;
  }

  /** Ends the call on what its callbacks throw. */
  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;
    private final CallCharge charge;
    private final boolean streaming;
    private boolean dropped;

    GuardedListener(ServerCall.Listener<Q> listener, GuardedCall<Q, ?> call, CallCharge charge) {
      super(listener);
      this.call = call;
      this.charge = charge;
      MethodType type = call.getMethodDescriptor().getType();
      this.streaming = type == MethodType.CLIENT_STREAMING || type == MethodType.BIDI_STREAMING;
    }

    @Override
    public void onMessage(Q message) {
      if (charge.isUnreadable()) {
        drop();
        return;
      }
      guarded(() -> super.onMessage(message));
      if (streaming) {
        charge.consumed(); // a single message is held until the call ends
      }
    }

    /** Nothing more reaches the service, which gives up what it has begun. */
    private void drop() {
      if (!dropped) {
        dropped = true;
        guarded(super::onCancel);
      }
    }

    @Override
    public void onHalfClose() {
      unlessDropped(super::onHalfClose);
    }

    @Override
    public void onReady() {
      unlessDropped(super::onReady);
    }

    @Override
    public void onCancel() {
      unlessDropped(super::onCancel);
    }

    @Override
    public void onComplete() {
      unlessDropped(super::onComplete);
    }

    private void unlessDropped(Runnable callback) {
      if (!dropped) {
        guarded(callback);
      }
    }

    private void guarded(Runnable callback) {
      try {
        callback.run();
      } catch (RuntimeException e) {
        call.fail(e);
      }
    }
  }
}

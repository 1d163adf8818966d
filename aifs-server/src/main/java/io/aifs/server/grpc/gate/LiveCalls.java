package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.auth.VerifiedToken;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that are under way with a token, so that they end when it does: a stream may outlive
 * it. Its service sees such a call as one whose client went away. Thread-safe.
 */
public final class LiveCalls {
  private final TokenVerifier verifier;
  private final Set<LiveCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

  public LiveCalls(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Ends the calls whose token may not be used any more, all but the one that this thread works
   * for.
   *
   * @return how many
   */
  public int endRefused() {
    CallScope own = CallScope.KEY.get();
    int ended = 0;
    for (LiveCall<?, ?> call : List.copyOf(calls)) {
      if (!call.isOf(own)) {
        Optional<AifsException.Denied> refusal = verifier.refusal(call.token, call.client);
        if (refusal.isPresent() && calls.remove(call)) {
          call.end(refusal.get());
          ended++;
        }
      }
    }
    return ended;
  }

  /** How many there are. */
  int size() {
    return calls.size();
  }

  <Q, R> LiveCall<Q, R> begin(
      ServerCall<Q, R> call,
      Context.CancellableContext context,
      VerifiedToken token,
      Optional<InetAddress> client) {
    LiveCall<Q, R> live = new LiveCall<>(call, context, token, client);
    calls.add(live);
    return live;
  }

  /** It did not even begin. */
  void end(LiveCall<?, ?> call) {
    calls.remove(call);
  }

  /** A call that can be ended from outside. */
  final class LiveCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Context.CancellableContext context;
    private final VerifiedToken token;
    private final Optional<InetAddress> client;
    private volatile boolean ended;

    private LiveCall(
        ServerCall<Q, R> call,
        Context.CancellableContext context,
        VerifiedToken token,
        Optional<InetAddress> client) {
      super(call);
      this.context = context;
      this.token = token;
      this.client = client;
    }

    @SuppressWarnings("ReferenceEquality") // two calls may say the same of themselves
    private boolean isOf(CallScope scope) {
      return CallScope.KEY.get(context) == scope;
    }

    private void end(AifsException.Denied why) {
      ended = true;
      delegate().close(Status.UNKNOWN.withCause(why), new Metadata()); // the guard names the status
      context.cancel(why);
    }

    @Override
    public boolean isCancelled() {
      return ended || super.isCancelled();
    }

    /** What its listener is told besides. */
    ServerCall.Listener<Q> watched(ServerCall.Listener<Q> listener) {
      return new SimpleForwardingServerCallListener<>(listener) {
        @Override
        public void onComplete() {
          calls.remove(LiveCall.this);
          if (ended) {
            super.onCancel();
          } else {
            super.onComplete();
          }
        }

        @Override
        public void onCancel() {
          calls.remove(LiveCall.this);
          super.onCancel();
        }
      };
    }
  }
}

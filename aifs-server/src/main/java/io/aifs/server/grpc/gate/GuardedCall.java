package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that can be ended from any thread: the first end counts, what comes later goes nowhere.
 * Failures that reach its end are given their status here.
 */
final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private static final System.Logger LOG = System.getLogger(GuardedCall.class.getName());

  static final Context.Key<GuardedCall<?, ?>> KEY = Context.key("aifs-guarded-call");

  private final String requestId;
  private final List<Runnable> ends = new ArrayList<>(1);
  private boolean closed;

  GuardedCall(ServerCall<Q, R> call, String requestId) {
    super(call);
    this.requestId = requestId;
  }

  /** The call that this thread works for. */
  static GuardedCall<?, ?> current() {
    GuardedCall<?, ?> call = KEY.get();
    if (call == null) {
      throw new IllegalStateException("no call is being served by this thread");
    }
    return call;
  }

  /**
   * Has something done before the call's end is sent; a client that goes away is not an end. It
   * must be quick, and not fail.
   */
  synchronized void onEnd(Runnable end) {
    if (closed) {
      end.run();
    } else {
      ends.add(end);
    }
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(R message) {
    if (!closed) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    Throwable cause = status.getCause();
    if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
      fail(cause);
    } else if (!closed) {
      end(StatusMapper.fitting(status), trailers);
    }
  }

  private void end(Status status, Metadata trailers) {
    closed = true;
    ends.forEach(Runnable::run);
    super.close(status, trailers);
  }

  /** Ends the call as this failure looks on the wire. */
  synchronized void fail(Throwable failure) {
    if (closed) {
      return;
    }
    StatusRuntimeException mapped = mapped(failure);
    Metadata trailers = mapped.getTrailers();
    end(StatusMapper.fitting(mapped.getStatus()), trailers == null ? new Metadata() : trailers);
  }

  private StatusRuntimeException mapped(Throwable failure) {
    return switch (failure) {
      case AifsException known -> {
        if (StatusMapper.codeOf(known) == Status.Code.INTERNAL) {
          log(failure);
        }
        yield StatusMapper.toStatus(known, requestId);
      }
      case StatusRuntimeException status -> status;
      case StatusException status ->
          new StatusRuntimeException(status.getStatus(), status.getTrailers());
      default -> {
        log(failure);
        yield StatusMapper.internal(requestId);
      }
    };
  }

  private void log(Throwable failure) {
    LOG.log(
        System.Logger.Level.ERROR,
        "request " + requestId + " of " + getMethodDescriptor().getFullMethodName() + " failed",
        failure);
  }
}

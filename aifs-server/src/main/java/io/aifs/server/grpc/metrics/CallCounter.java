package io.aifs.server.grpc.metrics;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/** Counts one call. */
public final class CallCounter extends ServerStreamTracer {
  private final Counters counters;
  private final String method;

  private CallCounter(Counters counters, String method) {
    this.counters = counters;
    this.method = method;
    counters.callStarted();
  }

  /** Counts every call; to be given to the server builder. */
  public static ServerStreamTracer.Factory factory(Counters counters) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new CallCounter(counters, fullMethodName);
      }
    };
  }

  @Override
  public void inboundWireSize(long bytes) {
    counters.received(bytes);
  }

  @Override
  public void outboundWireSize(long bytes) {
    counters.sent(bytes);
  }

  @Override
  public void streamClosed(Status status) {
    counters.callEnded(method, status.getCode().name());
  }
}

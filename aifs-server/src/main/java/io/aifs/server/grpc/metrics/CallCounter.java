package io.aifs.server.grpc.metrics;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/** Counts one call. */
public final class CallCounter extends ServerStreamTracer {
  // Names that do not exist are counted together, or their callers could fill the memory.
  private static final String UNKNOWN = "unknown";

  private final Counters counters;
  private volatile String method = UNKNOWN;

  private CallCounter(Counters counters) {
    this.counters = counters;
    counters.callStarted();
  }

  /** Counts every call; to be given to the server builder. */
  public static ServerStreamTracer.Factory factory(Counters counters) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new CallCounter(counters);
      }
    };
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> call) {
    method = call.getMethodDescriptor().getFullMethodName();
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

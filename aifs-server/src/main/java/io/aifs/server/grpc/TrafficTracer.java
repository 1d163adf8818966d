package io.aifs.server.grpc;

import io.aifs.server.engine.Traffic;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/** Tells of the messages of one call. */
final class TrafficTracer extends ServerStreamTracer {
  private static final ServerStreamTracer SILENT = new ServerStreamTracer() {};

  private final Traffic traffic;

  private TrafficTracer(Traffic traffic) {
    this.traffic = traffic;
  }

  /**
   * Tells of every call but those of one service, whose work is what gives way; to be given to the
   * server builder.
   */
  static ServerStreamTracer.Factory factory(Traffic traffic, String serviceLeftOut) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return fullMethodName.startsWith(serviceLeftOut + "/")
            ? SILENT
            : new TrafficTracer(traffic);
      }
    };
  }

  @Override
  public void inboundMessage(int sequence) {
    traffic.noted();
  }

  @Override
  public void outboundMessage(int sequence) {
    traffic.noted();
  }
}

package io.aifs.server.grpc.audit;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Map;

/** A call that reads: only that it is refused is told. */
final class WatchedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final CallRecorder.Facts facts;

  WatchedCall(ServerCall<Q, R> call, CallRecorder.Facts facts) {
    super(call);
    this.facts = facts;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (CallRecorder.isRefusal(status.getCode())) {
      facts.refused(status, trailers, Map.of());
    }
    super.close(status, trailers);
  }
}

package io.aifs.server.grpc;

import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthCheckResponse;
import io.aifs.proto.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Health}. */
final class HealthGrpcService extends HealthGrpc.HealthImplBase {
  private final ServingState state;

  HealthGrpcService(ServingState state) {
    this.state = state;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    boolean serving = state.serving();
    Replies.send(
        observer,
        HealthCheckResponse.newBuilder()
            .setHealthy(serving)
            .setStatus(serving ? "SERVING" : "SHUTTING_DOWN")
            .build());
  }
}

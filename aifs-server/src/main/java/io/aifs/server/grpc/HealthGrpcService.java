package io.aifs.server.grpc;

import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthCheckResponse;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.server.engine.DiskSpace;
import io.aifs.server.engine.StatusService;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Health}. */
final class HealthGrpcService extends HealthGrpc.HealthImplBase {
  private final ServingState state;
  private final StatusService store;

  HealthGrpcService(ServingState state, StatusService store) {
    this.state = state;
    this.store = store;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    boolean serving = state.serving();
    Replies.send(
        observer,
        HealthCheckResponse.newBuilder()
            .setHealthy(serving)
            .setStatus(serving ? serving() : "SHUTTING_DOWN")
            .build());
  }

  /** A nearly full disk is worth a word, but what reads it serves well. */
  private String serving() {
    return store.disk().filter(DiskSpace::low).isPresent() ? "SERVING_DISK_LOW" : "SERVING";
  }
}

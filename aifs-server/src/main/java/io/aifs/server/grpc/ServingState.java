package io.aifs.server.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/** Whether the server takes calls, as both health services tell it. Thread-safe. */
final class ServingState {
  private final HealthStatusManager standard = new HealthStatusManager();
  private volatile boolean serving = true;

  ServingState() {
    standard.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
  }

  boolean serving() {
    return serving;
  }

  /** {@code grpc.health.v1.Health}. */
  BindableService standardService() {
    return standard.getHealthService();
  }

  /** From now on callers are told to go elsewhere. */
  void drain() {
    if (serving) {
      serving = false;
      standard.enterTerminalState();
    }
  }
}

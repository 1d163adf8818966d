package io.aifs.server.grpc.audit;

import io.aifs.server.audit.AuditLog;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Lets nothing change while that could not be recorded. Behind the gate, so that only who may
 * change something learns of it. Thread-safe.
 */
public final class LogDoor implements ServerInterceptor {
  private final AuditLog log;
  private final MethodClasses classes = new MethodClasses();

  public LogDoor(AuditLog log) {
    this.log = log;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    switch (classes.of(call.getMethodDescriptor())) {
      case READING, INSPECTING -> {}
      case CHANGING -> log.requireWritable(false);
      case FREEING -> log.requireWritable(true);
    }
    return next.startCall(call, headers);
  }
}

package io.aifs.client.internal;

import io.grpc.MethodDescriptor;
import java.time.Duration;

/**
 * What an error says about the call that failed.
 *
 * @param method the call's short name, such as {@code ListAssets}
 * @param server what to call the other side
 */
record CallContext(String method, String server, Duration deadline, String requestId) {
  static CallContext of(
      MethodDescriptor<?, ?> method, String server, Duration deadline, String requestId) {
    String name = method.getBareMethodName();
    return new CallContext(
        name == null ? method.getFullMethodName() : name, server, deadline, requestId);
  }
}

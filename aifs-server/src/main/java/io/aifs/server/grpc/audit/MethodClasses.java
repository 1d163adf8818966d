package io.aifs.server.grpc.audit;

import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the class of each method. Thread-safe. */
final class MethodClasses {
  private final Map<String, MethodClass> known = new ConcurrentHashMap<>();

  MethodClass of(MethodDescriptor<?, ?> method) {
    return known.computeIfAbsent(method.getFullMethodName(), _ -> MethodClass.of(method));
  }
}

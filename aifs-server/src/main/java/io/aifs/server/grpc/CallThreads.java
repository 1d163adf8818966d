package io.aifs.server.grpc;

import io.aifs.proto.v1.ContentGrpc;
import io.aifs.server.grpc.gate.VersionGate;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Which thread a call runs on. Those that are answered from memory as a rule run on the
 * connection's own thread, as changing threads costs more than such an answer: they hand off by
 * themselves what may wait. All others get a thread of their own.
 */
final class CallThreads implements ServerCallExecutorSupplier {
  private static final Set<String> NEVER_WAIT =
      Set.of(ContentGrpc.getReadMethod().getFullMethodName());

  private final Executor others;
  private final VersionGate versions;

  /**
   * @param others gives each task a thread of its own
   * @param versions what a call may have to wait for before it begins
   */
  CallThreads(Executor others, VersionGate versions) {
    this.others = others;
    this.versions = versions;
  }

  @Override
  public <Q, R> Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
    return NEVER_WAIT.contains(call.getMethodDescriptor().getFullMethodName())
            && !versions.mayWait(headers)
        ? Runnable::run
        : others;
  }
}

package io.aifs.server.grpc.gate;

import io.aifs.server.auth.Caller;
import io.grpc.Context;
import java.util.List;

/**
 * What is known of a call besides its message.
 *
 * @param requestId names the call in the log and in failures
 * @param namespaces values of the metadata key {@code aifs-namespace}, as they were sent
 */
public record CallScope(Caller caller, String requestId, List<String> namespaces) {
  static final Context.Key<CallScope> KEY = Context.key("aifs-call-scope");

  public CallScope {
    namespaces = List.copyOf(namespaces);
  }

  /** The scope of the call that this thread works for. */
  public static CallScope current() {
    CallScope scope = KEY.get();
    if (scope == null) {
      throw new IllegalStateException("no call is being served by this thread");
    }
    return scope;
  }
}

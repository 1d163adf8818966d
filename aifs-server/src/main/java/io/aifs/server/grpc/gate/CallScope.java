package io.aifs.server.grpc.gate;

import io.aifs.server.auth.Caller;
import io.aifs.server.auth.VerifiedToken;
import io.grpc.Context;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a call besides its message.
 *
 * @param token what the caller showed; empty for a call that needs none, and in dev mode
 * @param requestId names the call in the log and in failures
 * @param namespaces values of the metadata key {@code aifs-namespace}, as they were sent
 */
public record CallScope(
    Caller caller, Optional<VerifiedToken> token, String requestId, List<String> namespaces) {
  static final Context.Key<CallScope> KEY = Context.key("aifs-call-scope");

  public CallScope {
    namespaces = List.copyOf(namespaces);
  }

  /** One without a token. */
  public CallScope(Caller caller, String requestId, List<String> namespaces) {
    this(caller, Optional.empty(), requestId, namespaces);
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

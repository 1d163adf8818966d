package io.aifs.server.grpc.gate;

import io.aifs.core.model.Name;
import io.aifs.server.auth.Caller;
import io.grpc.Context;
import java.util.Optional;

/**
 * What becomes known of a call on its way in, for who looks at it from outside when it ends: also
 * at one that is refused half way. Thread-safe.
 */
public final class CallNotes {
  private static final Context.Key<CallNotes> KEY = Context.key("aifs-call-notes");

  private volatile String requestId = "";
  private volatile Optional<Caller> caller = Optional.empty();
  private volatile Optional<Name> namespace = Optional.empty();

  /** The context, with these notes for the call that it is of. */
  public Context in(Context context) {
    return context.withValue(KEY, this);
  }

  /** The notes of the call that this thread works for; some that nobody reads if it has none. */
  static CallNotes current() {
    CallNotes notes = KEY.get();
    return notes == null ? new CallNotes() : notes;
  }

  void requestId(String id) {
    requestId = id;
  }

  /** Whose token it is: one of this store's, whatever it allows. */
  void caller(Caller known) {
    caller = Optional.of(known);
  }

  void namespace(Name meant) {
    namespace = Optional.of(meant);
  }

  /** Names the call; empty before it has one. */
  public String requestId() {
    return requestId;
  }

  /** Empty if there was no token, or none that is this store's. */
  public Optional<Caller> caller() {
    return caller;
  }

  /** The namespace that is meant, whether the caller may use it or not. */
  public Optional<Name> namespace() {
    return namespace;
  }
}

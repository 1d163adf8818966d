package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.server.auth.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a call until the store has the version that it demands, and ends each that succeeds with
 * the version that shows what it did and saw. Behind the {@link TokenInterceptor}: who has no token
 * waits for nothing and learns nothing, nor does who may look at nothing. Blocks its thread while a
 * call waits. Thread-safe.
 */
public final class VersionGate implements ServerInterceptor {
  static final Metadata.Key<String> MIN_VERSION =
      Metadata.Key.of("aifs-min-version", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> VERSION =
      Metadata.Key.of("aifs-version", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<Long> DEMANDED = Context.key("aifs-demanded-version");
  private static final int DIGITS_MAX = 19;

  private final StoreVersion store;

  public VersionGate(StoreVersion store) {
    this.store = store;
  }

  /** Whether a call with these headers may have to wait. */
  public boolean mayWait(Metadata headers) {
    String value = headers.get(MIN_VERSION);
    if (value == null) {
      return false;
    }
    OptionalLong version = parse(value);
    return version.isPresent() && version.getAsLong() > store.newest();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!isTold(CallScope.current().caller())) {
      return next.startCall(call, headers);
    }
    String demanded = headers.get(MIN_VERSION);
    if (demanded == null) {
      return next.startCall(new VersionedCall<>(call), headers);
    }
    long version = parse(demanded).orElseThrow(() -> malformed(demanded));
    require(version);
    Context context = Context.current().withValue(DEMANDED, version);
    return Contexts.interceptCall(context, new VersionedCall<>(call), headers, next);
  }

  /** The version that this thread's call demands; empty if it demands none. The store has it. */
  public static OptionalLong demanded() {
    Long version = DEMANDED.get();
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /** How long this thread's call may wait for a version that it demands. */
  public static Duration patience() {
    return Duration.ofNanos(Math.max(0, patienceNanos(Context.current().getDeadline())));
  }

  /** Whoever may look at nothing has nothing to wait for, and could count what others do. */
  private static boolean isTold(Caller caller) {
    return !TokenInterceptor.isNobody(caller) && caller.looks();
  }

  /** The number; empty if it is none. */
  private static OptionalLong parse(String text) {
    if (text.isEmpty()
        || text.length() > DIGITS_MAX
        || !text.chars().allMatch(VersionGate::digit)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private static boolean digit(int character) {
    return character >= '0' && character <= '9';
  }

  private static AifsException.InvalidRequest malformed(String given) {
    String shown = given.length() > 40 ? given.substring(0, 40) + "..." : given;
    return new AifsException.InvalidRequest(
        Reason.ARGUMENT_INVALID,
        MIN_VERSION.name(),
        MIN_VERSION.name() + " is no version: '" + shown + "'",
        "send the decimal number that an answer carried as " + VERSION.name());
  }

  private void require(long version) {
    if (version <= store.newest()) {
      return;
    }
    try {
      if (!store.await(version, patienceNanos(Context.current().getDeadline()))) {
        throw notReached(version);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AifsException.Unavailable(
          Reason.SHUTTING_DOWN, "the server is shutting down", "try again later", e);
    }
  }

  /** Ends before the deadline does, so that the caller learns why. */
  private static long patienceNanos(@Nullable Deadline deadline) {
    long most = TimeUnit.MILLISECONDS.toNanos(Limits.VERSION_WAIT_MILLIS);
    return deadline == null
        ? most
        : Math.min(most, deadline.timeRemaining(TimeUnit.NANOSECONDS) / 5 * 4);
  }

  private AifsException.Unavailable notReached(long version) {
    return new AifsException.Unavailable(
        Reason.VERSION_NOT_REACHED,
        "the store is at version " + store.newest() + ", and version " + version + " is demanded",
        "a version of another store, or one that was lost when this store was restored or rebuilt,"
            + " never comes: then open a new connection, or demand none",
        null);
  }

  /**
   * Tells the version with the first message, which shows what was written, and with a good end.
   */
  private final class VersionedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    VersionedCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(VERSION, Long.toString(store.newest()));
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        trailers.put(VERSION, Long.toString(store.newest()));
      }
      super.close(status, trailers);
    }
  }
}

package io.aifs.server.grpc.audit;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.aifs.server.audit.AuditLog;
import io.aifs.server.audit.AuditRecord;
import io.aifs.server.auth.Caller;
import io.aifs.server.grpc.gate.CallNotes;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records every call that changes something, and every one that is refused. To be outermost, so
 * that it sees how each call really ends. Thread-safe.
 */
public final class CallRecorder implements ServerInterceptor {
  private final AuditLog log;
  private final Clock clock;
  private final MethodClasses classes = new MethodClasses();

  public CallRecorder(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    CallNotes notes = new CallNotes();
    Context context = notes.in(Context.current());
    Facts facts = new Facts(this, notes, call.getAttributes(), call.getMethodDescriptor());
    if (classes.of(call.getMethodDescriptor()) == MethodClass.READING) {
      return Contexts.interceptCall(context, new WatchedCall<>(call, facts), headers, next);
    }
    RecordedCall<Q, R> recorded = new RecordedCall<>(call, facts);
    return recorded.listener(Contexts.interceptCall(context, recorded, headers, next));
  }

  /** What a call was refused for is counted; the rest is recorded one by one. */
  static boolean isRefusal(Status.Code code) {
    return switch (code) {
      case UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED -> true;
      default -> false;
    };
  }

  /** What a record says of a call besides how it ended. */
  record Facts(
      CallRecorder recorder,
      CallNotes notes,
      Attributes attributes,
      MethodDescriptor<?, ?> method) {
    /** Also what is turned away because it could not be recorded: memory is bounded then, too. */
    boolean isCounted(Status.Code code) {
      return isRefusal(code) || (code == Status.Code.UNAVAILABLE && !recorder.log.isWritable());
    }

    void refused(Status status, Metadata trailers, Map<String, Object> what) {
      recorder.log.refused(record(status.getCode(), reason(status, trailers), what));
    }

    void ended(Status status, Metadata trailers, Map<String, Object> what) {
      recorder.log.append(record(status.getCode(), reason(status, trailers), what));
    }

    private AuditRecord record(Status.Code code, String reason, Map<String, Object> what) {
      return new AuditRecord(
          recorder.clock.instant(),
          notes.caller().map(Caller::tokenId).orElse(""),
          notes.caller().map(Caller::family).orElse(""),
          method.getFullMethodName(),
          notes.namespace().map(name -> name.value()).orElse(""),
          what,
          code.name(),
          reason,
          CallTargets.cut(notes.requestId()),
          client(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
          1);
    }

    private static String client(@Nullable SocketAddress address) {
      return switch (address) {
        case null -> "";
        case InetSocketAddress inet when inet.getAddress() != null ->
            inet.getAddress().getHostAddress();
        default -> address.getClass().getSimpleName().startsWith("InProcess") ? "process" : "unix";
      };
    }

    private static String reason(Status status, Metadata trailers) {
      if (status.isOk()) {
        return "";
      }
      com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
      if (details == null) {
        return "";
      }
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException _) {
            return ""; // made by this server: never
          }
        }
      }
      return "";
    }
  }
}

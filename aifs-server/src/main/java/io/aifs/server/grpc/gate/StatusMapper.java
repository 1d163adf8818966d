package io.aifs.server.grpc.gate;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures as the wire shows them: a status code, and {@code google.rpc.Status} in the trailers.
 * The only such list; a new kind of failure does not compile until it is in it.
 */
public final class StatusMapper {
  public static final String DOMAIN = "aifs.io";

  // Clients accept 8 KiB of trailers by default. The message travels twice: percent-encoded, and
  // inside the details.
  private static final int MESSAGE_ENCODED_BYTES_MAX = 2_048;
  private static final String CUT = "...";
  private static final int HINT_ENCODED_BYTES_MAX = 1_024;
  private static final int VIOLATIONS_MAX = 5;
  private static final int VIOLATION_ENCODED_BYTES_MAX = 160;

  private StatusMapper() {}

  /** The failure, with {@code requestId} so that it can be found in the server's log. */
  public static StatusRuntimeException toStatus(AifsException failure, String requestId) {
    return StatusProto.toStatusRuntimeException(toProto(failure, requestId));
  }

  /** The same as a message, for failures that do not end their call. */
  public static com.google.rpc.Status toProto(AifsException failure, String requestId) {
    String message = shortened(failure.getMessage(), MESSAGE_ENCODED_BYTES_MAX);
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(failure.reason().name())
            .putMetadata("request_id", requestId);
    if (!failure.hint().isEmpty()) {
      info.putMetadata("hint", shortened(failure.hint(), HINT_ENCODED_BYTES_MAX));
    }
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(codeOf(failure).value()).setMessage(message);
    if (failure instanceof AifsException.InvalidRequest invalid) {
      info.putMetadata("field", invalid.field());
      status.addDetails(Any.pack(violation(invalid.field(), message)));
    }
    if (failure instanceof AifsException.Precondition precondition
        && !precondition.violations().isEmpty()) {
      status.addDetails(Any.pack(violations(precondition.violations())));
    }
    if (failure instanceof AifsException.LimitExceeded limit && limit.retryAfterMillis() > 0) {
      status.addDetails(Any.pack(retryAfter(limit.retryAfterMillis())));
    }
    status.addDetails(0, Any.pack(info.build()));
    return status.build();
  }

  /** What a failure without a name of its own looks like; its cause stays in the server's log. */
  public static StatusRuntimeException internal(String requestId) {
    return toStatus(
        new AifsException.Failed(
            Reason.INTERNAL,
            "internal error, request id " + requestId,
            "look for the request id in the server's log, and report it",
            null),
        requestId);
  }

  /** The status with as much of its description as clients accept; others make some that echo. */
  static Status fitting(Status status) {
    String description = status.getDescription();
    return description == null
        ? status
        : status.withDescription(
            shortened(description, MESSAGE_ENCODED_BYTES_MAX + CUT.length())); // ours is cut
  }

  static Status.Code codeOf(AifsException failure) {
    return switch (failure) {
      case AifsException.NotFound _ -> Status.Code.NOT_FOUND;
      case AifsException.AlreadyExists _ -> Status.Code.ALREADY_EXISTS;
      case AifsException.Conflict _ -> Status.Code.ABORTED;
      case AifsException.InvalidRequest _ -> Status.Code.INVALID_ARGUMENT;
      case AifsException.Precondition _ -> Status.Code.FAILED_PRECONDITION;
      case AifsException.Unauthenticated _ -> Status.Code.UNAUTHENTICATED;
      case AifsException.Denied _ -> Status.Code.PERMISSION_DENIED;
      case AifsException.LimitExceeded _ -> Status.Code.RESOURCE_EXHAUSTED;
      case AifsException.Corrupt _ -> Status.Code.DATA_LOSS;
      case AifsException.Unavailable _ -> Status.Code.UNAVAILABLE;
      case AifsException.Unsupported _ -> Status.Code.UNIMPLEMENTED;
      case AifsException.Failed _ -> Status.Code.INTERNAL;
    };
  }

  private static BadRequest violation(String field, String description) {
    return BadRequest.newBuilder()
        .addFieldViolations(
            BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description))
        .build();
  }

  private static PreconditionFailure violations(List<AifsException.Precondition.Violation> all) {
    PreconditionFailure.Builder failure = PreconditionFailure.newBuilder();
    all.stream()
        .limit(VIOLATIONS_MAX)
        .forEach(
            one ->
                failure.addViolations(
                    PreconditionFailure.Violation.newBuilder()
                        .setType(shortened(one.rule(), VIOLATION_ENCODED_BYTES_MAX))
                        .setSubject(shortened(one.place(), VIOLATION_ENCODED_BYTES_MAX))
                        .setDescription(shortened(one.message(), VIOLATION_ENCODED_BYTES_MAX))));
    return failure.build();
  }

  private static RetryInfo retryAfter(long millis) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            Duration.newBuilder()
                .setSeconds(millis / 1_000)
                .setNanos((int) (millis % 1_000) * 1_000_000))
        .build();
  }

  /** Cut so that it takes at most {@code encodedBytesMax} when percent-encoded. */
  private static String shortened(@Nullable String given, int encodedBytesMax) {
    // Half a character, where a message was cut, has no UTF-8. HTTP trims, and the two must be
    // the same.
    byte[] wellFormed = String.valueOf(given).getBytes(StandardCharsets.UTF_8);
    String text = new String(wellFormed, StandardCharsets.UTF_8).strip();
    int encoded = 0;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int codePoint = text.codePointAt(at);
      boolean plain = codePoint >= ' ' && codePoint <= '~' && codePoint != '%';
      encoded += plain ? 1 : 3 * utf8Bytes(codePoint);
      if (encoded > encodedBytesMax) {
        return text.substring(0, at) + CUT;
      }
    }
    return text;
  }

  private static int utf8Bytes(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
  }
}

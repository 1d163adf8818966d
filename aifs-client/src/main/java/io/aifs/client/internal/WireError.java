package io.aifs.client.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a failed call's trailers say, as far as they can be read.
 *
 * @param reason the word of an {@code ErrorInfo} of ours; empty when there is none
 * @param details the metadata of that {@code ErrorInfo}
 * @param field the first field that a {@code BadRequest} names; empty when there is none
 */
record WireError(
    Status.Code code,
    String message,
    String reason,
    Map<String, String> details,
    String field,
    Optional<Duration> retryAfter) {
  private static final String DOMAIN = "aifs.io";

  static WireError of(StatusException ended) {
    Status status = ended.getStatus();
    String description = status.getDescription() == null ? "" : status.getDescription();
    WireError error =
        new WireError(status.getCode(), description, "", Map.of(), "", Optional.empty());
    for (Any detail : details(ended)) {
      error = error.with(detail);
    }
    return error;
  }

  private static List<Any> details(StatusException ended) {
    try {
      com.google.rpc.Status rich = StatusProto.fromThrowable(ended);
      return rich == null ? List.of() : rich.getDetailsList();
    } catch (IllegalArgumentException _) {
      return List.of(); // Not a google.rpc.Status; the status itself still holds.
    }
  }

  /** Details of unknown types, or that cannot be read, are passed over: the status still holds. */
  private WireError with(Any detail) {
    try {
      if (detail.is(ErrorInfo.class)) {
        ErrorInfo info = detail.unpack(ErrorInfo.class);
        return info.getDomain().equals(DOMAIN) ? withInfo(info) : this;
      }
      if (detail.is(BadRequest.class)) {
        BadRequest bad = detail.unpack(BadRequest.class);
        return bad.getFieldViolationsCount() == 0
            ? this
            : withField(bad.getFieldViolations(0).getField());
      }
      if (detail.is(RetryInfo.class)) {
        return withRetryAfter(detail.unpack(RetryInfo.class));
      }
      return this;
    } catch (InvalidProtocolBufferException _) {
      return this;
    }
  }

  private WireError withInfo(ErrorInfo info) {
    String named = field.isEmpty() ? info.getMetadataOrDefault("field", "") : field;
    return new WireError(code, message, info.getReason(), info.getMetadataMap(), named, retryAfter);
  }

  private WireError withField(String newField) {
    return new WireError(code, message, reason, details, newField, retryAfter);
  }

  private WireError withRetryAfter(RetryInfo info) {
    com.google.protobuf.Duration delay = info.getRetryDelay();
    Duration after = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
    return new WireError(
        code,
        message,
        reason,
        details,
        field,
        Optional.of(after.isNegative() ? Duration.ZERO : after));
  }

  String hint() {
    return details.getOrDefault("hint", "");
  }
}

package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.aifs.core.Reason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Takes apart how a failed call looks to a client. */
public record WireFailure(StatusRuntimeException exception, Status status) {
  /** Runs a call that must fail, with details that agree with its status. */
  public static WireFailure of(ThrowingCallable call) {
    StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(thrown).as("the call fails with a status").isNotNull();
    return of(thrown);
  }

  public static WireFailure of(StatusRuntimeException thrown) {
    Status status =
        requireNonNull(StatusProto.fromThrowable(thrown), () -> "no details: " + thrown);
    assertThat(thrown.getTrailers()).as("trailers of %s", thrown).isNotNull();
    assertThat(status.getCode()).isEqualTo(thrown.getStatus().getCode().value());
    assertThat(status.getMessage()).isEqualTo(thrown.getStatus().getDescription());
    return new WireFailure(thrown, status);
  }

  /** Asserts code and reason. */
  public WireFailure is(Code code, Reason reason) {
    assertThat(exception.getStatus().getCode()).as(status.getMessage()).isEqualTo(code);
    assertThat(info().getReason()).isEqualTo(reason.name());
    assertThat(info().getDomain()).isEqualTo("aifs.io");
    assertThat(info().getMetadataOrThrow("request_id")).isNotEmpty();
    return this;
  }

  /** Asserts that the violation names this field. */
  public WireFailure names(String field) {
    BadRequest bad = detail(BadRequest.class).orElseThrow();
    assertThat(bad.getFieldViolations(0).getField()).contains(field);
    assertThat(bad.getFieldViolations(0).getDescription()).isNotEmpty();
    return this;
  }

  public ErrorInfo info() {
    return detail(ErrorInfo.class).orElseThrow();
  }

  public long retryMillis() {
    RetryInfo retry = detail(RetryInfo.class).orElseThrow();
    return retry.getRetryDelay().getSeconds() * 1_000
        + retry.getRetryDelay().getNanos() / 1_000_000;
  }

  /** A detail of this type, if there is one. */
  public <M extends Message> Optional<M> detail(Class<M> type) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    return Optional.empty();
  }
}

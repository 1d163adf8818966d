package io.aifs.client.internal;

import static io.aifs.client.internal.FakeFailures.badField;
import static io.aifs.client.internal.FakeFailures.info;
import static io.aifs.client.internal.FakeFailures.retryAfterMillis;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureMapperTest {
  private static final CallContext CALL =
      new CallContext("GetAsset", "127.0.0.1:50051", Duration.ofSeconds(60), "id-of-call");

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND,NotFound,UNKNOWN",
    "ALREADY_EXISTS,AlreadyExists,UNKNOWN",
    "ABORTED,Conflict,MOVED_MEANWHILE",
    "INVALID_ARGUMENT,InvalidRequest,ARGUMENT_INVALID",
    "OUT_OF_RANGE,InvalidRequest,ARGUMENT_INVALID",
    "FAILED_PRECONDITION,Precondition,UNKNOWN",
    "UNAUTHENTICATED,Unauthenticated,TOKEN_MISSING",
    "PERMISSION_DENIED,Denied,TOKEN_NOT_ALLOWED",
    "RESOURCE_EXHAUSTED,LimitExceeded,LIMIT_EXCEEDED",
    "DATA_LOSS,Corrupt,ASSET_DAMAGED",
    "UNAVAILABLE,Unavailable,SERVER_UNAVAILABLE",
    "DEADLINE_EXCEEDED,Unavailable,DEADLINE_EXCEEDED",
    "UNIMPLEMENTED,Unsupported,METHOD_NOT_BUILT",
    "CANCELLED,Failed,CANCELLED",
    "UNKNOWN,Failed,UNKNOWN",
    "INTERNAL,Failed,INTERNAL",
  })
  void everyStatusHasItsException(Status.Code code, String type, Reason bareReason) {
    AifsException bare = mapped(code.toStatus().withDescription("what happened")).exception();
    assertThat(bare.getClass().getSimpleName()).isEqualTo(type);
    assertThat(bare.reason()).isEqualTo(bareReason);
    assertThat(bare.getMessage()).isNotEmpty();

    AifsException laterWord =
        mapped(code, "what happened", info("A_WORD_OF_TOMORROW", Map.of("hint", "do this")))
            .exception();
    assertThat(laterWord.getClass().getSimpleName()).isEqualTo(type);
    assertThat(laterWord.reason()).isEqualTo(bareReason);
    assertThat(laterWord).hasMessage("what happened");
    assertThat(laterWord.hint()).isEqualTo("do this");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonTravels(Reason reason) {
    AifsException failure =
        mapped(Status.Code.FAILED_PRECONDITION, "no", info(reason.name(), Map.of())).exception();
    assertThat(failure.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void everyStatusSaysSomethingEvenWithoutWords(Status.Code code) {
    assertThat(mapped(code.toStatus()).exception().getMessage()).isNotBlank();
  }

  @Test
  void reasonsOfOtherDomainsAreNotOurs() {
    ErrorInfo foreign =
        ErrorInfo.newBuilder().setReason("ASSET_DELETED").setDomain("example.com").build();
    assertThat(mapped(Status.Code.NOT_FOUND, "gone", foreign).exception().reason())
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void badArgumentsNameTheirField() {
    AifsException failure =
        mapped(
                Status.Code.INVALID_ARGUMENT,
                "bad",
                info("PATH_INVALID", Map.of()),
                badField("path"))
            .exception();
    assertThat(failure)
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("path"));
    assertThat(
            mapped(
                    Status.Code.INVALID_ARGUMENT,
                    "bad",
                    info("PATH_INVALID", Map.of("field", "branch")))
                .exception())
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("branch"));
  }

  @Test
  void onlyWhatMayPassIsPassing() {
    assertThat(mapped(Status.UNAVAILABLE).passing()).isTrue();
    assertThat(mapped(Status.RESOURCE_EXHAUSTED).passing()).isFalse();
    Failure busy = mapped(Status.Code.RESOURCE_EXHAUSTED, "busy", retryAfterMillis(1_500));
    assertThat(busy.passing()).isTrue();
    assertThat(busy.retryAfter()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(busy.exception())
        .isInstanceOfSatisfying(
            AifsException.LimitExceeded.class,
            e -> assertThat(e.retryAfterMillis()).isEqualTo(1_500));
    assertThat(mapped(Status.INTERNAL).passing()).isFalse();
    assertThat(mapped(Status.ABORTED).passing()).isFalse();
    assertThat(mapped(Status.DEADLINE_EXCEEDED).passing()).isFalse();
  }

  @Test
  void aServerThatIsNotThereIsNamedWithTheWayToStartIt() {
    Status refused =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(new IllegalStateException("outer", new java.io.IOException("refused")));
    AifsException failure = mapped(refused).exception();
    assertThat(failure).hasMessage("127.0.0.1:50051 is not answering (refused)");
    assertThat(failure.hint()).isEqualTo("start it with: aifs serve");
    assertThat(failure).hasCauseInstanceOf(StatusException.class);
  }

  @Test
  void anExceededDeadlineIsNamed() {
    AifsException failure = mapped(Status.DEADLINE_EXCEEDED).exception();
    assertThat(failure)
        .hasMessage("GetAsset on 127.0.0.1:50051 took longer than its deadline of 60 s");
    assertThat(failure.hint()).contains("--timeout");
  }

  @Test
  void theRequestIdIsTheServersOrElseOurs() {
    assertThat(mapped(Status.NOT_FOUND).exception().requestId()).isEqualTo("id-of-call");
    assertThat(
            mapped(Status.Code.NOT_FOUND, "", info("ASSET_NOT_FOUND", Map.of("request_id", "r7")))
                .exception()
                .requestId())
        .isEqualTo("r7");
  }

  @Test
  void detailsThatCannotBeReadArePassedOver() {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
        new byte[] {1, 2, 3});
    StatusException ended = Status.NOT_FOUND.withDescription("no such asset").asException(trailers);
    assertThat(FailureMapper.of(ended, CALL).exception())
        .isInstanceOf(AifsException.NotFound.class)
        .hasMessage("no such asset");
  }

  private static Failure mapped(Status status) {
    return FailureMapper.of(status.asException(), CALL);
  }

  private static Failure mapped(Status.Code code, String message, Message... details) {
    StatusRuntimeException sent = FakeFailures.of(code, message, details);
    Metadata trailers = sent.getTrailers() == null ? new Metadata() : sent.getTrailers();
    return FailureMapper.of(sent.getStatus().asException(trailers), CALL);
  }
}

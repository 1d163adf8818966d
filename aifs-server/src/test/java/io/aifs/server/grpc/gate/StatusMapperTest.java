package io.aifs.server.grpc.gate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.grpc.WireFailure;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusMapperTest {
  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new AifsException.NotFound(Reason.ASSET_DELETED, "m", "h"), Code.NOT_FOUND),
        Arguments.of(
            new AifsException.AlreadyExists(Reason.PATH_EXISTS, "m", "h"), Code.ALREADY_EXISTS),
        Arguments.of(new AifsException.Conflict(Reason.MOVED_MEANWHILE, "m", "h"), Code.ABORTED),
        Arguments.of(
            new AifsException.InvalidRequest(Reason.ASSET_ID_INVALID, "asset_id", "m", "h"),
            Code.INVALID_ARGUMENT),
        Arguments.of(
            new AifsException.Precondition(Reason.LINEAGE_CYCLE, "m", "h"),
            Code.FAILED_PRECONDITION),
        Arguments.of(
            new AifsException.Unauthenticated(Reason.TOKEN_MISSING, "m", "h"),
            Code.UNAUTHENTICATED),
        Arguments.of(
            new AifsException.Denied(Reason.TOKEN_EXPIRED, "m", "h"), Code.PERMISSION_DENIED),
        Arguments.of(
            new AifsException.LimitExceeded(Reason.DISK_FULL, "m", "h"), Code.RESOURCE_EXHAUSTED),
        Arguments.of(new AifsException.Corrupt(Reason.CHUNK_DAMAGED, "m", "h"), Code.DATA_LOSS),
        Arguments.of(
            new AifsException.Unavailable(Reason.SHUTTING_DOWN, "m", "h", null), Code.UNAVAILABLE),
        Arguments.of(
            new AifsException.Unsupported(Reason.METHOD_NOT_BUILT, "m", "h"), Code.UNIMPLEMENTED),
        Arguments.of(new AifsException.Failed(Reason.IO_FAILED, "m", "h", null), Code.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("table")
  void eachKindOfFailureHasItsCode(AifsException failure, Code code) {
    WireFailure wire = WireFailure.of(StatusMapper.toStatus(failure, "r-1"));

    wire.is(code, failure.reason());
    assertThat(wire.status().getMessage()).isEqualTo("m");
    assertThat(wire.info().getMetadataMap())
        .containsEntry("hint", "h")
        .containsEntry("request_id", "r-1");
  }

  @Test
  void theTableHoldsEveryKindOfFailure() {
    Set<Class<?>> kinds =
        table()
            .map(row -> requireNonNull(row.get()[0]).getClass())
            .collect(Collectors.toUnmodifiableSet());

    assertThat(kinds).isEqualTo(Set.of(AifsException.class.getPermittedSubclasses()));
  }

  @Test
  void aBadArgumentNamesItsField() {
    WireFailure wire =
        WireFailure.of(
            StatusMapper.toStatus(
                new AifsException.InvalidRequest(
                    Reason.ASSET_ID_INVALID, "asset_id", "is not an id", ""),
                "r"));

    wire.names("asset_id");
    assertThat(wire.info().getMetadataMap()).containsEntry("field", "asset_id");
    assertThat(wire.info().getMetadataMap()).doesNotContainKey("hint");
  }

  @Test
  void aLimitThatPassesSaysWhenToTryAgain() {
    AifsException failure = new AifsException.LimitExceeded(Reason.MEMORY_BUDGET, "m", "h", 1_500);

    assertThat(WireFailure.of(StatusMapper.toStatus(failure, "r")).retryMillis()).isEqualTo(1_500);
  }

  @Test
  void aLimitThatStaysSaysNothingOfTryingAgain() {
    WireFailure wire =
        WireFailure.of(
            StatusMapper.toStatus(
                new AifsException.LimitExceeded(Reason.MESSAGE_TOO_LARGE, "m", "h"), "r"));

    assertThat(wire.detail(RetryInfo.class)).isEmpty();
    assertThat(wire.detail(BadRequest.class)).isEmpty();
  }

  @Test
  void anInternalErrorTellsOnlyItsRequestId() {
    WireFailure wire = WireFailure.of(StatusMapper.internal("r-7"));

    wire.is(Code.INTERNAL, Reason.INTERNAL);
    assertThat(wire.status().getMessage()).contains("r-7");
  }

  @Test
  void whitespaceAroundAMessageDoesNotTravel() {
    AifsException failure = new AifsException.NotFound(Reason.ASSET_NOT_FOUND, " the name: ", "");

    assertThat(WireFailure.of(StatusMapper.toStatus(failure, "r")).status().getMessage())
        .isEqualTo("the name:");
  }

  @Test
  void trailersStayBelowWhatClientsAcceptHoweverLongTheMessageIs() {
    String longest = "path '" + "\uD83D\uDE00ü%\n".repeat(4_000) + "'";
    AifsException failure =
        new AifsException.InvalidRequest(Reason.PATH_INVALID, "path", longest, longest);

    StatusRuntimeException status = StatusMapper.toStatus(failure, "r".repeat(128));

    int details = WireFailure.of(status).status().getSerializedSize() * 4 / 3;
    int message = encodedBytes(String.valueOf(status.getStatus().getDescription()));
    assertThat(details + message).isLessThan(8_192 - 512);
  }

  private static int encodedBytes(String text) {
    int bytes = 0;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      bytes += one >= ' ' && one <= '~' && one != '%' ? 1 : 3;
    }
    return bytes;
  }
}

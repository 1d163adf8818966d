package io.aifs.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.aifs.client.AifsClient;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.tests.harness.RawClient;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that only a foreign client would send, against a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireRefusalTest {
  private static final String UNKNOWN_ID = "0".repeat(64);
  private static final int TOO_LARGE = (104 << 20) + 1_024;

  private StoreUnderTest store;
  private ServerProcess server;
  private RawClient raw;

  @BeforeAll
  void serve(@TempDir Path temporary) {
    store = StoreUnderTest.create(temporary.resolve("store"));
    server = ServerProcess.start(store, 512);
    raw = new RawClient(server, store.adminToken());
  }

  @AfterAll
  void nothingWasStoredAndTheStoreIsClean() {
    try (AifsClient client = server.connect()) {
      assertThat(client.maintenance().status().assets()).isZero();
      StoreUnderTest.requireClean(client);
    }
    raw.close();
    server.close();
    store.requireClean();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0",
        "../../etc/passwd",
        "ABCDEF0000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000000000000000g",
        "aifs://0000000000000000000000000000000000000000000000000000000000000000",
        " 000000000000000000000000000000000000000000000000000000000000000",
        "\u0660\u0661\u0662\u0663"
      })
  void aMalformedIdIsInvalidEverywhere(String id) {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> raw.blocking().getAsset(GetAssetRequest.newBuilder().setAssetId(id).build()),
            () ->
                raw.blocking().deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).build()),
            () ->
                raw.blocking()
                    .verifyAsset(VerifyAssetRequest.newBuilder().setAssetId(id).build()))) {
      requireFailure(call, Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void anUnknownIdIsNotFound() {
    GetAssetRequest get = GetAssetRequest.newBuilder().setAssetId(UNKNOWN_ID).build();
    assertThat(requireFailure(() -> raw.blocking().getAsset(get), Status.Code.NOT_FOUND))
        .isEqualTo("ASSET_NOT_FOUND");
    DeleteAssetRequest delete = DeleteAssetRequest.newBuilder().setAssetId(UNKNOWN_ID).build();
    assertThat(requireFailure(() -> raw.blocking().deleteAsset(delete), Status.Code.NOT_FOUND))
        .isEqualTo("ASSET_NOT_FOUND");
  }

  @Test
  void aStreamWithoutMessagesIsInvalid() {
    assertThat(requireFailure(() -> Upload.of(raw, List.of()), Status.Code.INVALID_ARGUMENT))
        .isEqualTo("STREAM_EMPTY");
  }

  @Test
  void anUnknownKindIsInvalid() {
    PutAssetRequest first = PutAssetRequest.newBuilder().setKindValue(77).build();
    assertThat(requireFailure(() -> Upload.of(raw, List.of(first)), Status.Code.INVALID_ARGUMENT))
        .isEqualTo("KIND_UNKNOWN");
  }

  @Test
  void aMessageOverTheLimitIsRefusedAndTheServerGoesOn() {
    PutAssetRequest huge =
        PutAssetRequest.newBuilder()
            .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(new byte[TOO_LARGE])))
            .build();
    requireCode(() -> Upload.of(raw, List.of(huge)), Status.Code.RESOURCE_EXHAUSTED);
    try (AifsClient client = server.connect()) {
      assertThat(client.maintenance().health().healthy()).isTrue();
    }
  }

  @Test
  void anEmbeddingOfAnOddLengthIsInvalid() {
    PutAssetRequest first =
        PutAssetRequest.newBuilder().setEmbedding(ByteString.copyFrom(new byte[7])).build();
    requireFailure(() -> Upload.of(raw, List.of(first)), Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void metadataOverItsLimitIsRefusedByName() {
    PutAssetRequest first =
        PutAssetRequest.newBuilder().putMetadata("key", "v".repeat(70_000)).build();
    assertThatThrownBy(() -> Upload.of(raw, List.of(first)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("metadata");
  }

  /** Checks the code, the details that must come with it, and gives the reason. */
  private static String requireFailure(ThrowingCallable call, Status.Code code) {
    StatusRuntimeException failure = requireCode(call, code);
    com.google.rpc.Status details =
        Optional.ofNullable(StatusProto.fromThrowable(failure))
            .orElseThrow(() -> new AssertionError("no google.rpc.Status in the trailers"));
    return details.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(WireRefusalTest::unpack)
        .peek(info -> assertThat(info.getDomain()).isEqualTo("aifs.io"))
        .map(ErrorInfo::getReason)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no ErrorInfo in " + details));
  }

  private static StatusRuntimeException requireCode(ThrowingCallable call, Status.Code code) {
    try {
      call.call();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).as(e.getStatus().toString()).isEqualTo(code);
      assertThat(e.getStatus().getDescription()).isNotEmpty();
      return e;
    } catch (Throwable e) {
      throw new AssertionError("not a status", e);
    }
    throw new AssertionError("expected " + code + ", and the call succeeded");
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}

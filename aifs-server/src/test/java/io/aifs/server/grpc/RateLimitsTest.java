package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.server.model.CallRates;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tokens and namespaces may call, over the wire. */
@SuppressWarnings("NullAway.Init") // each test opens its own
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RateLimitsTest {
  private static final int TRIES = 1_000;

  @TempDir Path directory;
  private EdgeFixture fixture;
  private Channel admin;
  private Channel noisy;
  private Channel quiet;

  private void open(CallRates ofToken) throws IOException {
    fixture = EdgeFixture.open(directory, EdgeFixture.Options.DEFAULT.withTokens(ofToken));
    Channel channel = fixture.tcp();
    admin = EdgeFixture.withToken(channel, TestTokens.admin());
    noisy = EdgeFixture.withToken(channel, TestTokens.of("noisy"));
    quiet = EdgeFixture.withToken(channel, TestTokens.of("quiet"));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static void info(Channel channel) {
    var _ = IntrospectGrpc.newBlockingStub(channel).getInfo(IntrospectRequest.getDefaultInstance());
  }

  private static void list(Channel channel, String namespace) {
    var _ =
        AIFSGrpc.newBlockingStub(channel)
            .listAssets(ListAssetsRequest.newBuilder().setNamespace(namespace).build());
  }

  /** Calls until it is refused: the clock is a real one, and gives some back meanwhile. */
  private static WireFailure callUntilRefused(Runnable call) {
    for (int tried = 0; tried < TRIES; tried++) {
      try {
        call.run();
      } catch (StatusRuntimeException e) {
        return WireFailure.of(e);
      }
    }
    throw new AssertionError("nothing was refused");
  }

  private void policy(String namespace, String rates) {
    var _ =
        PoliciesGrpc.newBlockingStub(admin)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setNamespace(namespace)
                    .setDocument("{\"version\": 1, \"rates\": {" + rates + "}}")
                    .build());
  }

  private void createNamespace(String name) {
    var _ =
        AdminGrpc.newBlockingStub(admin)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName(name).build());
  }

  @Test
  void noisyTokenIsRefusedAndAnotherIsNot() throws IOException {
    open(new CallRates(5, 0, 0, 0));

    WireFailure failure =
        callUntilRefused(() -> info(noisy)).is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);

    assertThat(failure.status().getMessage()).contains("limits_token_calls_per_second", "5 calls");
    assertThat(failure.retryMillis()).isBetween(1L, 200L);
    for (int call = 0; call < 5; call++) {
      info(quiet);
    }
  }

  @Test
  void healthIsNeverLimited() throws IOException {
    open(new CallRates(1, 1, 1, 0));
    for (int call = 0; call < 50; call++) {
      assertThat(
              HealthGrpc.newBlockingStub(noisy)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getHealthy())
          .isTrue();
    }
  }

  @Test
  void openStreamsAreCallsUnderWay() throws IOException {
    open(new CallRates(0, 2, 0, 0));
    Context.CancellableContext first = Context.current().withCancellation();
    Context.CancellableContext second = Context.current().withCancellation();
    first.run(() -> subscribe(noisy));
    second.run(() -> subscribe(noisy));

    WireFailure failure =
        WireFailure.of(() -> info(noisy)).is(Code.RESOURCE_EXHAUSTED, Reason.CONCURRENCY_LIMITED);
    assertThat(failure.status().getMessage()).contains("limits_token_concurrent_calls");
    info(quiet);

    first.cancel(null);
    callUntilServed(() -> info(noisy));
    second.cancel(null);
  }

  private static void subscribe(Channel channel) {
    Iterator<SubscribeEventsResponse> events =
        AIFSGrpc.newBlockingStub(channel)
            .subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
    assertThat(events.hasNext()).isTrue(); // its greeting
  }

  private static void callUntilServed(Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (StatusRuntimeException e) {
        WireFailure.of(e).is(Code.RESOURCE_EXHAUSTED, Reason.CONCURRENCY_LIMITED);
      }
    }
  }

  @Test
  void bytesOfAnUploadArePaidForByTheNextCall() throws IOException {
    open(new CallRates(0, 0, 1_000, 0));
    Upload.put(noisy, new byte[1 << 20]);

    WireFailure failure =
        WireFailure.of(() -> info(noisy)).is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);
    assertThat(failure.status().getMessage()).contains("limits_token_bytes_per_second");
    assertThat(failure.retryMillis()).isBetween(900_000L, 1_100_000L);
    info(quiet);
  }

  @Test
  void namespaceIsLimitedByItsPolicyForAllTokens() throws IOException {
    open(CallRates.NONE);
    createNamespace("busy");
    policy("busy", "\"calls_per_second\": 3");

    WireFailure failure =
        callUntilRefused(() -> list(noisy, "busy"))
            .is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);
    assertThat(failure.status().getMessage())
        .contains("namespace 'busy'", "rates.calls_per_second", "3 calls");
    list(noisy, "default");
    policy("busy", "");
    for (int call = 0; call < 20; call++) {
      list(quiet, "busy");
    }
  }

  @Test
  void uploadThatIsUnderWayCountsInItsNamespace() throws IOException {
    open(CallRates.NONE);
    createNamespace("narrow");
    policy("narrow", "\"concurrent_calls\": 1");
    Channel narrow = EdgeFixture.with(noisy, "aifs-namespace", "narrow");
    ChunkCall held = ChunkCall.begin(narrow, "");
    assertThat(held.ask(List.of(Digest.of(new byte[1]))).cardinality()).isEqualTo(1);

    WireFailure failure =
        WireFailure.of(() -> list(quiet, "narrow"))
            .is(Code.RESOURCE_EXHAUSTED, Reason.CONCURRENCY_LIMITED);
    assertThat(failure.status().getMessage()).contains("rates.concurrent_calls");
    held.cancel();
    callUntilServed(() -> list(quiet, "narrow"));
  }
}

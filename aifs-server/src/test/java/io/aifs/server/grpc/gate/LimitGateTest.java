package io.aifs.server.grpc.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.aifs.server.auth.CallLimits;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.grpc.WireFailure;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.MemoryBudget;
import io.aifs.server.grpc.limit.CallLimiter;
import io.aifs.server.model.CallRates;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate of limits between a client and services that do as they are told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitGateTest {
  private static final int FRAME_BYTES = 1_000;
  private static final long SECOND = 1_000_000_000L;

  private volatile Caller caller = caller(CallLimits.NONE);
  private volatile long now;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws IOException {
    server =
        InProcessServerBuilder.forName("limit-gate-test")
            .addService(new Reads())
            .addService(new Uploads())
            .intercept(new LimitGate(limiter()))
            .intercept(new KnownCaller())
            .intercept(new CallGuard(() -> "request"))
            .addStreamTracerFactory(CallCharge.factory(new MemoryBudget(64 << 20)))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName("limit-gate-test").build();
  }

  @AfterEach
  void close() throws InterruptedException {
    channel.shutdownNow();
    assertThat(server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private CallLimiter limiter() {
    return new CallLimiter(new CallRates(0, 2, 0, 0), _ -> CallRates.NONE, () -> now);
  }

  private static Caller caller(CallLimits limits) {
    return new Caller(
        "family",
        "token",
        EnumSet.allOf(Permission.class),
        Optional.empty(),
        Restrictions.NONE,
        limits);
  }

  private static Caller most(long bytes) {
    return caller(new CallLimits(OptionalLong.of(bytes), List.of()));
  }

  /** Stands where the token is checked. */
  private final class KnownCaller implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      CallScope scope = new CallScope(caller, CallGuard.requestId(), List.of());
      return Contexts.interceptCall(
          Context.current().withValue(CallScope.KEY, scope), call, headers, next);
    }
  }

  /** Answers with as many frames as the offset says. */
  private static final class Reads extends ContentGrpc.ContentImplBase {
    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
      if (request.getAssetId().equals("fail")) {
        throw new AifsException.NotFound(Reason.ASSET_NOT_FOUND, "as asked", "");
      }
      ByteString frame = ByteString.copyFrom(new byte[FRAME_BYTES]);
      for (long at = 0; at < request.getOffset(); at++) {
        observer.onNext(ReadResponse.newBuilder().setData(frame).build());
      }
      observer.onCompleted();
    }
  }

  /** Takes everything, and keeps calls open until the client ends them. */
  private static final class Uploads extends AIFSGrpc.AIFSImplBase {
    @Override
    public StreamObserver<PutAssetRequest> putAsset(StreamObserver<PutAssetResponse> observer) {
      return new StreamObserver<>() {
        private long bytes;

        @Override
        public void onNext(PutAssetRequest message) {
          bytes += message.getChunks(0).getData().size();
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          observer.onNext(PutAssetResponse.newBuilder().setSize(bytes).build());
          observer.onCompleted();
        }
      };
    }
  }

  private long read(long frames) {
    Iterator<ReadResponse> answers =
        ContentGrpc.newBlockingStub(channel)
            .read(ReadRequest.newBuilder().setOffset(frames).build());
    long bytes = 0;
    while (answers.hasNext()) {
      bytes += answers.next().getData().size();
    }
    return bytes;
  }

  private final class Upload implements StreamObserver<PutAssetResponse> {
    private final CompletableFuture<Long> size = new CompletableFuture<>();
    private final StreamObserver<PutAssetRequest> requests =
        AIFSGrpc.newStub(channel).putAsset(this);

    Upload send(int bytes) {
      requests.onNext(
          PutAssetRequest.newBuilder()
              .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(new byte[bytes])))
              .build());
      return this;
    }

    long finish() {
      requests.onCompleted();
      return await();
    }

    long await() {
      try {
        return size.get();
      } catch (Exception e) {
        throw (StatusRuntimeException) e.getCause();
      }
    }

    @Override
    public void onNext(PutAssetResponse response) {
      size.complete(response.getSize());
    }

    @Override
    public void onError(Throwable failure) {
      size.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  private static int messageBytes(int dataBytes) {
    return PutAssetRequest.newBuilder()
        .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(new byte[dataBytes])))
        .build()
        .getSerializedSize();
  }

  @Test
  void answerOverMaxBytesEndsTheCall() {
    int frame =
        ReadResponse.newBuilder()
            .setData(ByteString.copyFrom(new byte[FRAME_BYTES]))
            .build()
            .getSerializedSize();
    caller = most(5L * frame);

    assertThat(read(5)).isEqualTo(5 * FRAME_BYTES);
    WireFailure failure =
        WireFailure.of(() -> read(6)).is(Code.RESOURCE_EXHAUSTED, Reason.CALL_BYTES_EXCEEDED);
    assertThat(failure.status().getMessage()).contains("max-bytes", Long.toString(5L * frame));
  }

  @Test
  void uploadOverMaxBytesIsEnded() {
    caller = most(3L * messageBytes(FRAME_BYTES));
    assertThat(new Upload().send(FRAME_BYTES).send(FRAME_BYTES).send(FRAME_BYTES).finish())
        .isEqualTo(3 * FRAME_BYTES);

    Upload over = new Upload().send(FRAME_BYTES).send(FRAME_BYTES).send(FRAME_BYTES).send(1);

    WireFailure.of(over::await).is(Code.RESOURCE_EXHAUSTED, Reason.CALL_BYTES_EXCEEDED);
  }

  @Test
  void oneMessageOverMaxBytesIsRefused() {
    caller = most(10);

    WireFailure.of(() -> new Upload().send(FRAME_BYTES).finish())
        .is(Code.RESOURCE_EXHAUSTED, Reason.CALL_BYTES_EXCEEDED);
  }

  @Test
  void placeOfACallIsFreeWhenItsEndIsTold() {
    Upload held = new Upload().send(1);
    for (int call = 0; call < 200; call++) {
      assertThat(read(1)).isEqualTo(FRAME_BYTES);
      StatusRuntimeException failed =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ContentGrpc.newBlockingStub(channel)
                      .read(ReadRequest.newBuilder().setAssetId("fail").build())
                      .hasNext());
      assertThat(failed.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    }

    Upload second = new Upload().send(1);
    WireFailure failure =
        WireFailure.of(() -> read(1)).is(Code.RESOURCE_EXHAUSTED, Reason.CONCURRENCY_LIMITED);
    assertThat(failure.retryMillis()).isPositive();
    assertThat(held.finish()).isEqualTo(1);
    assertThat(read(1)).isEqualTo(FRAME_BYTES);
    assertThat(second.finish()).isEqualTo(1);
  }

  @Test
  void caveatOfRateIsKeptWithItsWait() {
    caller =
        caller(
            new CallLimits(
                OptionalLong.empty(),
                List.of(new CallLimits.Rate("bucket", 2, Duration.ofMinutes(1)))));
    read(1);
    read(1);

    WireFailure failure =
        WireFailure.of(() -> read(1)).is(Code.RESOURCE_EXHAUSTED, Reason.RATE_LIMITED);
    assertThat(failure.retryMillis()).isEqualTo(30_000);
    now = 30 * SECOND;
    assertThat(read(1)).isEqualTo(FRAME_BYTES);
  }
}

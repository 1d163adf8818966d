package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Macaroon;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.MintTokenRequest;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.aifs.proto.v1.RevokeTokenRequest;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.proto.v1.TokensGrpc;
import io.aifs.server.TestStore;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are under way when their token ends. */
class LiveCallsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int LARGE = 8 << 20;

  private volatile Instant now = NOON;
  private final InstantSource time = () -> now;
  private TestStore store;
  private EdgeFixture fixture;
  private Channel channel;
  private TokensGrpc.TokensBlockingStub admin;

  @BeforeEach
  void open(@TempDir Path home) throws IOException {
    store = TestStore.create(home, time.withZone(ZoneOffset.UTC));
    fixture =
        EdgeFixture.over(
            store,
            EdgeFixture.Options.DEFAULT,
            time.withZone(ZoneOffset.UTC),
            store.tokenVerifier());
    channel = fixture.tcp();
    admin = TokensGrpc.newBlockingStub(EdgeFixture.withToken(channel, store.adminToken()));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private String mint(String... caveats) {
    return admin
        .mint(MintTokenRequest.newBuilder().addAllCaveats(List.of(caveats)).build())
        .getToken();
  }

  /** A call that takes one message and no more, and how it began and ended. */
  private static final class Begun<Q, R> implements ClientResponseObserver<Q, R> {
    private final CompletableFuture<R> first = new CompletableFuture<>();
    private final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();

    private @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> begun) {
      call = begun;
      begun.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(R reply) {
      first.complete(reply);
    }

    @Override
    public void onError(Throwable error) {
      end.complete((StatusRuntimeException) error);
      first.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      end.completeExceptionally(new AssertionError("the call ended well"));
    }

    R began() throws Exception {
      return first.get(30, TimeUnit.SECONDS);
    }

    /** After what was on its way already. */
    WireFailure ended() throws Exception {
      requireNonNull(call).request(1_000);
      return WireFailure.of(end.get(30, TimeUnit.SECONDS));
    }
  }

  private Begun<SubscribeEventsRequest, SubscribeEventsResponse> subscribe(String token)
      throws Exception {
    Begun<SubscribeEventsRequest, SubscribeEventsResponse> events = new Begun<>();
    AIFSGrpc.newStub(EdgeFixture.withToken(channel, token))
        .subscribeEvents(SubscribeEventsRequest.getDefaultInstance(), events);
    assertThat(events.began().getResumeAfter()).isNotEmpty();
    return events;
  }

  private String putLarge() {
    byte[] content = new byte[LARGE];
    new SplittableRandom(1).nextBytes(content);
    CompletableFuture<String> id = new CompletableFuture<>();
    StreamObserver<PutAssetRequest> upload =
        AIFSGrpc.newStub(EdgeFixture.withToken(channel, store.adminToken()))
            .putAsset(
                new StreamObserver<>() {
                  @Override
                  public void onNext(PutAssetResponse reply) {
                    id.complete(reply.getAssetId());
                  }

                  @Override
                  public void onError(Throwable error) {
                    id.completeExceptionally(error);
                  }

                  @Override
                  public void onCompleted() {}
                });
    for (int at = 0; at < LARGE; at += 1 << 20) {
      upload.onNext(part(content, at));
    }
    upload.onCompleted();
    return id.join();
  }

  private static PutAssetRequest part(byte[] content, int at) {
    return PutAssetRequest.newBuilder()
        .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(content, at, 1 << 20)))
        .build();
  }

  @Test
  void revokingEndsStreamsUploadsAndDownloadsAtOnce() throws Exception {
    String asset = putLarge();
    String token = mint();
    String other = mint();
    Channel its = EdgeFixture.withToken(channel, token);
    var events = subscribe(token);
    var others = subscribe(other);
    Begun<ReadRequest, ReadResponse> download = new Begun<>();
    ContentGrpc.newStub(its).read(ReadRequest.newBuilder().setAssetId(asset).build(), download);
    assertThat(download.began().isInitialized()).isTrue();
    Begun<PutAssetRequest, PutAssetResponse> upload = new Begun<>();
    StreamObserver<PutAssetRequest> sent = AIFSGrpc.newStub(its).putAsset(upload);
    sent.onNext(part(new byte[1 << 20], 0));

    int ended =
        admin
            .revoke(
                RevokeTokenRequest.newBuilder()
                    .setFamily(Macaroon.parse(token).identifier().substring(2))
                    .build())
            .getEndedCalls();

    assertThat(ended).isBetween(2, 3); // the upload may not have reached the server yet
    events.ended().is(Code.PERMISSION_DENIED, Reason.TOKEN_REVOKED);
    download.ended().is(Code.PERMISSION_DENIED, Reason.TOKEN_REVOKED);
    upload.ended().is(Code.PERMISSION_DENIED, Reason.TOKEN_REVOKED);
    assertThat(others.end).isNotDone();
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    var events = subscribe(mint("expires = 2026-11-21T13:00:00Z"));
    var others = subscribe(mint("expires = 2026-11-21T14:00:00Z"));

    now = NOON.plus(Duration.ofHours(1));

    events.ended().is(Code.PERMISSION_DENIED, Reason.TOKEN_EXPIRED);
    assertThat(others.end).isNotDone();
  }

  @Test
  void whoRevokesTheirOwnTokenIsAnswered() throws Exception {
    String token = mint();
    var events = subscribe(token);

    var reply =
        TokensGrpc.newBlockingStub(EdgeFixture.withToken(channel, token))
            .revoke(
                RevokeTokenRequest.newBuilder()
                    .setFamily(Macaroon.parse(token).identifier().substring(2))
                    .build());

    assertThat(reply.getRevoked()).isEqualTo(1);
    assertThat(reply.getEndedCalls()).isEqualTo(1);
    events.ended().is(Code.PERMISSION_DENIED, Reason.TOKEN_REVOKED);
  }
}

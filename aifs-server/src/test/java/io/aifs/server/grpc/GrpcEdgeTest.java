package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.internal.ZstdCodec;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GrpcEdgeTest {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir Path directory;
  private EdgeFixture fixture;

  @BeforeEach
  void open() {
    fixture = EdgeFixture.open(directory);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static ManagedChannel unixChannel(Path socket, MultiThreadIoEventLoopGroup group) {
    return NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
        .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
        .eventLoopGroup(group)
        .overrideAuthority("localhost")
        .usePlaintext()
        .build();
  }

  @Test
  void aUnixSocketIsPrivateServesCountsItsConnectionsAndGoesWithTheServer()
      throws IOException, InterruptedException {
    Path socket = directory.resolve("edge.sock");
    fixture.edge().listenUnix(socket);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(fixture.edge().addresses()).containsExactly("unix:" + socket);
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
      ManagedChannel channel = unixChannel(socket, group);
      Channel admin = EdgeFixture.withToken(channel, TestTokens.admin());

      assertThat(Upload.put(admin, new byte[100]).getSize()).isEqualTo(100);

      assertThat(fixture.edge().connections()).isEqualTo(1);
      channel.shutdownNow();
      assertThat(fixture.edge().awaitNoConnections(60_000)).isTrue();
    }
    fixture.edge().close();
    assertThat(socket).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void compressedRequestsAreUnderstoodAndLongRepliesComeAsZstd(String encoding) throws IOException {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    Channel admin = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    Channel channel =
        ClientInterceptors.intercept(
            admin, MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    AIFSGrpc.AIFSStub compressing = AIFSGrpc.newStub(channel).withCompression(encoding);

    for (int at = 0; at < 60; at++) {
      byte[] content = new byte[10_000 + at];
      assertThat(Upload.begin(compressing).send(Upload.message(content)).finish().getSize())
          .isEqualTo(content.length);
    }

    assertThat(
            AIFSGrpc.newBlockingStub(channel)
                .listAssets(ListAssetsRequest.getDefaultInstance())
                .getAssetsCount())
        .isEqualTo(60);
    assertThat(headers.get().get(ENCODING)).isEqualTo(ZstdCodec.ENCODING);
  }

  @Test
  void shuttingDownLetsARunningCallComeToItsEnd() throws Exception {
    ManagedChannel plain = fixture.tcp();
    Upload upload = Upload.begin(EdgeFixture.withToken(plain, TestTokens.admin()));
    upload.send(Upload.message(new byte[1_000_000]));
    assertThat(healthy(plain)).isTrue(); // the upload is on the server: calls arrive in order

    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fixture.edge().shutdown(60_000);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(upload.finish().getSize()).isEqualTo(1_000_000);
    assertThat(drained.get()).isTrue();
    assertThatThrownBy(() -> healthy(plain)).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void shuttingDownEndsWhatDoesNotComeToItsEnd() throws IOException {
    Upload upload = Upload.begin(EdgeFixture.withToken(fixture.tcp(), TestTokens.admin()));
    upload.send(Upload.message(new byte[1_000_000]));

    assertThat(fixture.edge().shutdown(1)).isFalse();

    assertThatThrownBy(upload::reply).isInstanceOf(StatusRuntimeException.class);
  }

  private static boolean healthy(Channel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getHealthy();
  }

  @Test
  void aServerTellsWhatItIs() throws IOException {
    Channel admin = EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin());

    var info =
        IntrospectGrpc.newBlockingStub(admin).getInfo(IntrospectRequest.getDefaultInstance());

    assertThat(info.getVersion()).isEqualTo("0.0.test");
    assertThat(info.getConfig()).isEqualTo("{\"port\":0}");
    assertThat(info.getFeaturesList()).contains("zstd", "ranged-read");
  }
}

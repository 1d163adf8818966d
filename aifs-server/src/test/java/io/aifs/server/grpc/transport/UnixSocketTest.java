package io.aifs.server.grpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnixSocketTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "epoll {0}")
  @ValueSource(booleans = {true, false})
  void theUserWhoRunsTheServerMayConnect(boolean epoll) throws IOException {
    PeerCheck check = PeerCheck.ownerOf(Files.createFile(directory.resolve("own")));

    assertThat(status(epoll, Connections.plaintext(check))).isEqualTo(ServingStatus.SERVING);
  }

  @ParameterizedTest(name = "epoll {0}")
  @ValueSource(booleans = {true, false})
  void whoIsNotAcceptedIsCutOff(boolean epoll) {
    assertThatThrownBy(() -> status(epoll, Connections.plaintext(_ -> false)))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void onlyTheOwnerAndRootAreAccepted() throws IOException {
    Path own = Files.createFile(directory.resolve("own"));
    int uid = (Integer) Files.getAttribute(own, "unix:uid");
    PeerCheck check = PeerCheck.ownerOf(own);

    assertThat(check.acceptsUid(uid)).isTrue();
    assertThat(check.acceptsUid(0)).isTrue();
    assertThat(check.acceptsUid(uid + 1)).isFalse();
  }

  private ServingStatus status(boolean epoll, ServerCredentials credentials) throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    try (EventLoops loops = EventLoops.open(epoll)) {
      SocketAddress address = loops.unixAddress(directory.resolve("s"));
      Server server =
          NettyServerBuilder.forAddress(address, credentials)
              .channelType(loops.unixChannel())
              .bossEventLoopGroup(loops.accepting())
              .workerEventLoopGroup(loops.serving())
              .addService(health.getHealthService())
              .build()
              .start();
      Class<? extends Channel> type =
          epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(address)
              .channelType(type, address.getClass())
              .eventLoopGroup(loops.serving())
              .overrideAuthority("localhost")
              .usePlaintext()
              .build();
      try {
        return HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus();
      } finally {
        channel.shutdownNow();
        server.shutdownNow();
      }
    }
  }
}

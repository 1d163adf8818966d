package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import io.aifs.client.ClientOptions.Endpoint;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportsTest {
  @TempDir Path directory;

  private final byte[] content = Seeded.bytes(2_345_678);
  private final FakeContent reads = new FakeContent(content);
  private final FakeAssets puts = new FakeAssets();

  @Test
  void contentGoesBothWaysOverTcp() throws IOException {
    try (TestServer server = TestServer.overTcp(puts, reads)) {
      requireBothWays(server.userClient());
    }
  }

  @Test
  void contentGoesBothWaysOverAUnixSocket() throws IOException {
    try (TestServer server = TestServer.overUnixSocket(directory, puts, reads)) {
      requireBothWays(server.userClient());
    }
  }

  @Test
  void contentGoesBothWaysInOneProcess() throws IOException {
    try (TestServer server = TestServer.inProcess(puts, reads)) {
      requireBothWays(server.client());
    }
  }

  private void requireBothWays(AifsClient client) throws IOException {
    Digest id = Digest.of(content);
    assertThat(client.assets().put(PutOptions.blob(), Content.of(content)).id()).isEqualTo(id);
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void sixtyFourMebibytesPassInFramesAndNoMoreThanAFewAreHeld() throws IOException {
    AtomicLong taken = new AtomicLong();
    try (TestServer server = TestServer.overTcp(puts)) {
      var outcome =
          server
              .userClient()
              .assets()
              .put(PutOptions.blob(), Content.once(new Zeros(64 << 20, taken::addAndGet)));
      assertThat(outcome.size()).isEqualTo(64 << 20);
    }
    assertThat(taken).hasValue(64 << 20);
    assertThat(puts.largestMessageBytes).isLessThan(Limits.FRAME_BYTES + 1_000);
  }

  @Test
  void sixtyFourMebibytesAreReadAndVerified() throws IOException {
    byte[] large = new byte[64 << 20];
    FakeContent service = new FakeContent(large);
    try (TestServer server = TestServer.overTcp(service);
        InputStream in =
            server
                .userClient()
                .assets()
                .read(new ReadTarget.ById(service.id), 0, Optional.empty())) {
      assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(64 << 20);
    }
  }

  @Test
  void aServerThatTakesNothingHoldsTheSourceBackOverTcpToo() throws IOException {
    puts.deaf = true;
    AtomicLong taken = new AtomicLong();
    try (TestServer server = TestServer.overTcp(puts)) {
      AifsClient client = server.clientWithStallTimeout(Duration.ofMillis(200));
      Content endless = Content.once(new Zeros(Long.MAX_VALUE, taken::addAndGet));
      AifsException failure =
          catchThrowableOfType(
              AifsException.class, () -> client.assets().put(PutOptions.blob(), endless));
      assertThat(failure.reason()).isEqualTo(Reason.STALLED);
    }
    // The server's window and what its transport holds, not the endless rest.
    assertThat(taken.get()).isLessThan(32 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "2001:db8::1"})
  void otherMachinesAreRefusedWithoutTls(String host) {
    ClientOptions options = ClientOptions.of(new Endpoint.Tcp(host, 50_051)).withToken("secret-t");
    AifsException failure =
        catchThrowableOfType(AifsException.class, () -> AifsClients.connect(options));
    assertThat(failure)
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining(host)
        .hasMessageNotContaining("secret-t");
    assertThat(failure.hint()).contains("TLS");
  }

  @Test
  void portsOutsideTheirRangeAreRefused() {
    ClientOptions options = ClientOptions.of(new Endpoint.Tcp("127.0.0.1", 65_536));
    assertThatThrownBy(() -> AifsClients.connect(options))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessage("port is outside 1..65535: 65536");
  }

  @Test
  void aSocketThatNobodyHoldsSaysHowToStartAServer() {
    Path socket = directory.resolve("nobody");
    ClientOptions options =
        ClientOptions.of(new Endpoint.UnixSocket(socket))
            .withRetries(new ClientOptions.Retries(2, Duration.ofMillis(1), Duration.ofMillis(1)));
    try (AifsClient client = AifsClients.connect(options)) {
      AifsException failure =
          catchThrowableOfType(AifsException.class, () -> client.maintenance().health());
      assertThat(failure)
          .isInstanceOf(AifsException.Unavailable.class)
          .hasMessageStartingWith("unix socket " + socket + " is not answering");
      assertThat(failure.reason()).isEqualTo(Reason.SERVER_UNAVAILABLE);
      assertThat(failure.hint()).isEqualTo("start it with: aifs serve");
    }
  }

  @Test
  void socketsOfTheJdkStandInForEpoll() throws IOException {
    EventLoops jdk = new EventLoops(false);
    ChannelOptions options = ChannelOptions.embedded(TestServer.NAMESPACE, Optional.empty());
    try (TestServer unix = TestServer.overUnixSocket(directory, puts, reads);
        TestServer tcp = TestServer.overTcp(puts, reads)) {
      for (TestServer server : List.of(unix, tcp)) {
        ManagedChannel channel = ChannelOpener.channel(server.endpoint(), jdk);
        try (AifsClient client = ChannelClients.over(channel, options, () -> {})) {
          requireBothWays(client);
        }
      }
    } finally {
      jdk.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Test
  void noThreadOfAClientKeepsACommandFromEnding() throws Exception {
    assertThat(EventLoops.SHARED.group().submit(() -> Thread.currentThread().isDaemon()).get())
        .isTrue();
  }

  @Test
  void aBrokenPutIsMadeAgainOverTcpToo() throws IOException {
    puts.breaks.add(new FakeAssets.Break(600_000, FakeFailures.unavailable()));
    try (TestServer server = TestServer.overTcp(puts)) {
      AifsClient client = server.client();
      assertThat(client.assets().put(PutOptions.blob(), Content.of(content)).id())
          .isEqualTo(Digest.of(content));
    }
    assertThat(puts.openings).hasSize(2);
  }

  @Test
  void aReadGoesOnWithTheServerThatCameBack() throws IOException {
    byte[] large = Seeded.bytes(12 << 20);
    FakeContent service = new FakeContent(large);
    ReadTarget target = new ReadTarget.ById(service.id);
    TestServer first = TestServer.overUnixSocket(directory, service);
    AifsClient client = first.client();
    try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
      byte[] begin = in.readNBytes(1_000_000);
      first.stop();
      Files.deleteIfExists(directory.resolve("s"));
      try (TestServer second = TestServer.overUnixSocket(directory, service)) {
        byte[] rest = in.readAllBytes();
        assertThat(second.sent(TestServer.REQUEST_ID)).hasSize(1);
        assertThat(begin).isEqualTo(Arrays.copyOf(large, begin.length));
        assertThat(rest).isEqualTo(Arrays.copyOfRange(large, begin.length, large.length));
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aClosedClientSaysSoAndClosesWhatItStoodOnOnce() throws IOException {
    try (TestServer server = TestServer.inProcess(puts)) {
      AifsClient client = server.client();
      AifsClient other = client.withNamespace(new Name("other"));
      assertThat(other.namespace()).isEqualTo(new Name("other"));
      client.close();
      client.close();
      AifsException failure =
          catchThrowableOfType(
              AifsException.class,
              () -> other.assets().put(PutOptions.blob(), Content.of(new byte[1])));
      assertThat(failure.reason()).isEqualTo(Reason.SHUTTING_DOWN);
      assertThat(server.surroundings().sleeps()).isEmpty();
    }
  }
}

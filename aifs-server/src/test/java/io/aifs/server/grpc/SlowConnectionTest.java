package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.server.grpc.transport.Patience;
import io.grpc.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that take their time are ended, and keep nobody waiting meanwhile. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowConnectionTest {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  /** HEADERS of stream 1 which do not end, a megabyte announced, of which nothing comes. */
  private static final byte[] BEGUN_HEADERS = {0, 0x3f, (byte) 0xff, 1, 0, 0, 0, 0, 1};

  private final List<Socket> sockets = new ArrayList<>();
  private EdgeFixture fixture;
  private Channel channel;
  private InetSocketAddress address;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture =
        EdgeFixture.open(
            directory, EdgeFixture.Options.DEFAULT.withPatience(new Patience(500, 1_000)));
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    address = fixture.edge().listenTcp("127.0.0.1", 0);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    fixture.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    return socket;
  }

  private void call() {
    var _ = IntrospectGrpc.newBlockingStub(channel).getInfo(IntrospectRequest.getDefaultInstance());
  }

  /** Reads until the server ends the connection. */
  private static void awaitEnd(Socket socket) {
    try {
      byte[] buffer = new byte[1_024];
      while (socket.getInputStream().read(buffer) >= 0) {
        // what it says in the end
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void connectionThatSendsNothingIsEnded() throws IOException {
    List<Socket> silent = new ArrayList<>();
    for (int at = 0; at < 50; at++) {
      silent.add(connect());
    }
    call();

    silent.forEach(SlowConnectionTest::awaitEnd);
    call();
  }

  @Test
  void connectionThatSpeaksHalfAPrefaceIsEnded() throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(PREFACE, 0, 10);

    awaitEnd(socket);
  }

  @Test
  void headersThatTrickleDoNotKeepAConnection() throws IOException {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    out.write(PREFACE);
    out.write(SETTINGS);
    out.write(BEGUN_HEADERS);
    out.flush();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      var _ = timer.scheduleAtFixedRate(() -> trickle(out), 50, 50, TimeUnit.MILLISECONDS);
      call();

      awaitEnd(socket);
      timer.shutdownNow();
    }
    call(); // over a new connection, as the old had no calls either
  }

  private static void trickle(OutputStream out) {
    try {
      out.write(0);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the server has had enough", e);
    }
  }
}

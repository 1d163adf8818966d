package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import io.aifs.client.ClientOptions.Endpoint;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.History;
import io.aifs.client.SnapshotCheck;
import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A gRPC server with the services of a test, the headers it was sent, and clients of it. */
final class TestServer implements AutoCloseable {
  static final Name NAMESPACE = new Name("papers");
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("aifs-request-id", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> ACCEPT_ENCODING =
      Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final Optional<String> inProcessName;
  private final Optional<Endpoint> endpoint;
  private final List<Runnable> closings;
  private final Noted noted;
  private final TestSurroundings surroundings = new TestSurroundings();

  private TestServer(
      Server server,
      Optional<String> inProcessName,
      Optional<Endpoint> endpoint,
      List<Runnable> closings,
      Noted noted) {
    this.server = server;
    this.inProcessName = inProcessName;
    this.endpoint = endpoint;
    this.closings = new ArrayList<>(closings);
    this.noted = noted;
  }

  static TestServer inProcess(BindableService... services) throws IOException {
    String name = "test-" + UUID.randomUUID();
    Noted noted = new Noted();
    Server server = started(InProcessServerBuilder.forName(name), noted, services);
    return new TestServer(server, Optional.of(name), Optional.empty(), List.of(), noted);
  }

  static TestServer overTcp(BindableService... services) throws IOException {
    Noted noted = new Noted();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Server server =
        started(
            NettyServerBuilder.forAddress(anyPort).maxInboundMetadataSize(64 << 10),
            noted,
            services);
    Endpoint endpoint = new Endpoint.Tcp("127.0.0.1", server.getPort());
    return new TestServer(server, Optional.empty(), Optional.of(endpoint), List.of(), noted);
  }

  static TestServer overUnixSocket(Path directory, BindableService... services) throws IOException {
    Path socket = directory.resolve("s");
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    Noted noted = new Noted();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toString()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops);
    Server server = started(builder, noted, services);
    return new TestServer(
        server,
        Optional.empty(),
        Optional.of(new Endpoint.UnixSocket(socket)),
        List.of(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly()),
        noted);
  }

  private static Server started(ServerBuilder<?> builder, Noted noted, BindableService... services)
      throws IOException {
    for (BindableService service : services) {
      builder.addService(service);
    }
    return builder
        .maxInboundMessageSize(Limits.MESSAGE_BYTES_MAX)
        .compressorRegistry(ZstdCodec.compressors())
        .decompressorRegistry(ZstdCodec.decompressors())
        .intercept(noted.headersOfCalls())
        .addStreamTracerFactory(noted.sizesOfMessages())
        .build()
        .start();
  }

  /** How many bytes each message had on the wire. */
  List<Long> wireBytes() {
    return List.copyOf(noted.wireBytes);
  }

  /** The value of a header in each call so far; "-" where it was not sent. */
  List<String> sent(Metadata.Key<String> key) {
    return noted.headers.stream()
        .map(given -> given.containsKey(key) ? String.valueOf(given.get(key)) : "-")
        .toList();
  }

  /** A client with five attempts, which are made without any pause. */
  AifsClient client() {
    return client(options(Duration.ofSeconds(60), Duration.ofSeconds(60), Compression.CALLS));
  }

  /** A client that gives a transfer up when nothing moved for this time. */
  AifsClient clientWithStallTimeout(Duration stallTimeout) {
    return client(options(Duration.ofSeconds(60), stallTimeout, Compression.NONE));
  }

  AifsClient clientWithDeadline(Duration deadline) {
    return client(options(deadline, Duration.ofSeconds(60), Compression.NONE));
  }

  AifsClient clientWithCompression(Compression compression) {
    return client(options(Duration.ofSeconds(60), Duration.ofSeconds(60), compression));
  }

  AifsClient clientWithToken(String token) {
    return client(
        new ChannelOptions(
            "the test server",
            NAMESPACE,
            Optional.of(token),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Retries.NONE,
            Compression.NONE,
            false,
            Optional.empty()));
  }

  private static ChannelOptions options(
      Duration deadline, Duration stallTimeout, Compression compression) {
    return new ChannelOptions(
        "the test server",
        NAMESPACE,
        Optional.empty(),
        deadline,
        stallTimeout,
        Retries.DEFAULT,
        compression,
        false,
        Optional.empty());
  }

  private AifsClient client(ChannelOptions options) {
    AifsClient client =
        inProcessName
            .map(
                name ->
                    ChannelClients.over(
                        InProcessChannelBuilder.forName(name)
                            .compressorRegistry(ZstdCodec.compressors())
                            .decompressorRegistry(ZstdCodec.decompressors())
                            .build(),
                        options,
                        () -> {},
                        surroundings.surroundings()))
            .orElseGet(
                () ->
                    ChannelClients.over(
                        ChannelOpener.channel(endpoint.orElseThrow(), EventLoops.SHARED),
                        options,
                        () -> {},
                        surroundings.surroundings()));
    closings.add(0, client::close);
    return client;
  }

  /** The history as a client sees it that believes no more than {@code check}. */
  History historyCheckedBy(SnapshotCheck check) {
    ManagedChannel channel = InProcessChannelBuilder.forName(inProcessName.orElseThrow()).build();
    closings.add(0, channel::shutdownNow);
    ChannelOptions options =
        options(Duration.ofSeconds(60), Duration.ofSeconds(60), Compression.NONE);
    return new GrpcHistory(
        new Caller(new Connection(channel, () -> {}), options, surroundings.surroundings()),
        NAMESPACE,
        check);
  }

  /** A client made as a user makes it. */
  AifsClient userClient() {
    AifsClient client =
        io.aifs.client.AifsClients.connect(
            ClientOptions.of(endpoint.orElseThrow()).withNamespace(NAMESPACE));
    closings.add(0, client::close);
    return client;
  }

  Endpoint endpoint() {
    return endpoint.orElseThrow();
  }

  TestSurroundings surroundings() {
    return surroundings;
  }

  /** Ends the server and its connections, not its clients. */
  void stop() {
    try {
      assertThat(server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    closings.forEach(Runnable::run);
  }
}

package io.aifs.server.grpc;

import io.aifs.client.internal.FrameLog;
import io.aifs.client.internal.ZstdCodec;
import io.aifs.core.Limits;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.transport.Connections;
import io.aifs.server.grpc.transport.EventLoops;
import io.aifs.server.grpc.transport.OpenConnections;
import io.aifs.server.grpc.transport.Patience;
import io.aifs.server.grpc.transport.PeerCheck;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one store: the same services over TCP, a Unix socket and inside the process.
 * Thread-safe.
 */
public final class GrpcEdge implements AutoCloseable {
  private static final int METADATA_BYTES_MAX = 2 * Limits.TOKEN_BYTES_MAX;
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int KEEP_ALIVE_ANSWER_SECONDS = 20;
  private static final int KEEP_ALIVE_PERMITTED_SECONDS = 10;
  private static final int FORCED_END_MILLIS = 5_000;

  private final EdgeServices services;
  private final Patience patience;
  private final OpenConnections connections = new OpenConnections();
  private final List<Server> servers = new CopyOnWriteArrayList<>();
  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private final List<Path> sockets = new ArrayList<>();
  private @Nullable EventLoops loops;

  public GrpcEdge(Engine engine, EdgeFacts facts, EdgeSettings settings) {
    this(engine, facts, settings, Patience.DEFAULT);
  }

  GrpcEdge(Engine engine, EdgeFacts facts, EdgeSettings settings, Patience patience) {
    this.services = new EdgeServices(engine, facts, settings, () -> addresses);
    this.patience = patience;
  }

  /**
   * Listens on TCP, in clear.
   *
   * @param port 0 picks a free one
   * @return the address that was bound
   */
  public InetSocketAddress listenTcp(String host, int port) throws IOException {
    NettyServerBuilder builder =
        netty(new InetSocketAddress(host, port), Connections.plaintext(), loops().tcpChannel());
    Server server = start(builder, true);
    InetSocketAddress bound = (InetSocketAddress) server.getListenSockets().getFirst();
    addresses.add(bound.getHostString() + ":" + bound.getPort());
    return bound;
  }

  /** Listens on a Unix socket, made anew, for this user and root only. */
  public synchronized void listenUnix(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    // Stands in for the socket while the check learns who owns what this process makes.
    Files.createFile(
        socket, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    PeerCheck check = PeerCheck.ownerOf(socket);
    Files.delete(socket);
    NettyServerBuilder builder =
        netty(loops().unixAddress(socket), Connections.plaintext(check), loops().unixChannel())
            // gRPC asks for it on every connection; a Unix socket has none, and Netty warns.
            .withChildOption(ChannelOption.SO_KEEPALIVE, null);
    start(builder, false);
    sockets.add(socket);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    addresses.add("unix:" + socket);
  }

  /** Listens inside this process, to channels of this name. */
  public void listenInProcess(String name) throws IOException {
    start(InProcessServerBuilder.forName(name), false);
  }

  /** Opened when first needed: a store used inside one process has no sockets. */
  private synchronized EventLoops loops() {
    if (loops == null) {
      FrameLog.suppress();
      loops = EventLoops.open();
    }
    return loops;
  }

  private NettyServerBuilder netty(
      SocketAddress address,
      ServerCredentials credentials,
      Class<? extends ServerChannel> channelType) {
    return NettyServerBuilder.forAddress(address, credentials)
        .channelType(channelType)
        .bossEventLoopGroup(loops().accepting())
        .workerEventLoopGroup(loops().serving())
        .flowControlWindow(Connections.CALL_WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(Connections.CALLS_MAX)
        .maxInboundMessageSize(CallCharge.MESSAGE_BYTES_ACCEPTED)
        .maxInboundMetadataSize(METADATA_BYTES_MAX)
        .handshakeTimeout(patience.handshakeMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(patience.idleMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(KEEP_ALIVE_PERMITTED_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addTransportFilter(connections);
  }

  private Server start(ServerBuilder<?> builder, boolean compressReplies) throws IOException {
    builder
        .compressorRegistry(ZstdCodec.compressors())
        .decompressorRegistry(ZstdCodec.decompressors());
    services.addTo(builder, compressReplies);
    Server server = builder.build().start();
    servers.add(server);
    return server;
  }

  /** Where this edge can be reached, for people to read. */
  public List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** Every method that the servers carry. */
  List<? extends MethodDescriptor<?, ?>> methods() {
    return services.methods();
  }

  /** Connections of other processes. */
  public int connections() {
    return connections.count();
  }

  /** Waits until no other process is connected, at most so long; false if one still is. */
  public boolean awaitNoConnections(long millis) throws InterruptedException {
    return connections.awaitNone(millis);
  }

  /**
   * Takes no new calls, lets those in progress go on for a while, then ends them. When this
   * returns, no thread of the edge touches the engine any more.
   *
   * @return whether all of them came to their own end
   */
  public synchronized boolean shutdown(long drainMillis) throws IOException {
    services.drain();
    servers.forEach(Server::shutdown);
    boolean drained = awaitAll(drainMillis);
    if (!drained) {
      servers.forEach(Server::shutdownNow);
      awaitAll(FORCED_END_MILLIS);
    }
    servers.clear();
    services.close();
    if (loops != null) {
      loops.close();
    }
    for (Path socket : sockets) {
      Files.deleteIfExists(socket);
    }
    return drained;
  }

  private boolean awaitAll(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean all = true;
    for (Server server : servers) {
      try {
        all &= server.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return all;
  }

  /** Ends at once what is in progress. */
  @Override
  public void close() throws IOException {
    shutdown(0);
  }
}

package io.aifs.server.grpc.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The threads of a server's connections, and the sockets that fit them: epoll where it is. */
public final class EventLoops implements AutoCloseable {
  private static final int THREADS_MIN = 2;

  private final boolean epoll;
  private final EventLoopGroup accepting;
  private final EventLoopGroup serving;

  private EventLoops(boolean epoll, int threads) {
    this.epoll = epoll;
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.accepting =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("aifs-accept", true), handlers);
    this.serving =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("aifs-serve", true), handlers);
  }

  /** Loops for this machine. */
  public static EventLoops open() {
    return open(Epoll.isAvailable());
  }

  static EventLoops open(boolean epoll) {
    int threads = Math.max(THREADS_MIN, Runtime.getRuntime().availableProcessors());
    return new EventLoops(epoll, threads);
  }

  public EventLoopGroup accepting() {
    return accepting;
  }

  public EventLoopGroup serving() {
    return serving;
  }

  public Class<? extends ServerChannel> tcpChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public Class<? extends ServerChannel> unixChannel() {
    return epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
  }

  public SocketAddress unixAddress(Path socket) {
    return epoll ? new DomainSocketAddress(socket.toString()) : UnixDomainSocketAddress.of(socket);
  }

  /** Stops the threads; they are daemons, so nobody waits for them. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // see above
  public void close() {
    var _ = accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var _ = serving.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}

package io.aifs.client.internal;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * The threads that all clients of this process share, and the sockets that fit them: epoll where it
 * is, else the JDK's. Daemons, so that a command ends when its work does.
 */
final class EventLoops {
  /** Two: one would hold a second connection up, and callers do the heavy work on their own. */
  private static final int THREADS = 2;

  static final EventLoops SHARED = new EventLoops(Epoll.isAvailable());

  private final boolean epoll;
  private final EventLoopGroup group;

  EventLoops(boolean epoll) {
    this.epoll = epoll;
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("aifs-client", true), handlers);
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends Channel> tcpChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  Class<? extends Channel> unixChannel() {
    return epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
  }

  SocketAddress unixAddress(Path path) {
    return epoll ? new DomainSocketAddress(path.toString()) : UnixDomainSocketAddress.of(path);
  }
}

package io.aifs.server.grpc.transport;

import io.grpc.ServerCredentials;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.util.function.Predicate;

/** How connections begin: who may open one, and how much may be under way on it. */
public final class Connections {
  /** Calls that one connection carries at once; clients queue the others. */
  public static final int CALLS_MAX = 100;

  /**
   * Bytes that may be under way unread for one call: as much as makes a call fast, unless all calls
   * of a connection together would take more than an eighth of this process's memory.
   */
  public static final int CALL_WINDOW_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / (8L * CALLS_MAX), 64 << 10, 2 << 20);

  /**
   * Bytes that may be under way unread on one connection. gRPC would make it as small as that of
   * one call; then uploads that wait for their turn could fill it, and those whose turn it is would
   * starve behind them.
   */
  static final int CONNECTION_WINDOW_BYTES = CALLS_MAX * CALL_WINDOW_BYTES;

  private static final System.Logger LOG = System.getLogger(Connections.class.getName());

  private Connections() {}

  /** Plaintext connections that anybody may open. */
  public static ServerCredentials plaintext() {
    return plaintext(_ -> true);
  }

  /** Plaintext connections for those that {@code check} accepts; others are closed at once. */
  public static ServerCredentials plaintext(PeerCheck check) {
    return plaintext(check::accepts);
  }

  static ServerCredentials plaintext(Predicate<Channel> accepted) {
    return InternalNettyServerCredentials.create(new Negotiator(accepted));
  }

  private static final class Negotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
    private final InternalProtocolNegotiator.ProtocolNegotiator plaintext =
        InternalProtocolNegotiators.serverPlaintext();
    private final Predicate<Channel> accepted;

    Negotiator(Predicate<Channel> accepted) {
      this.accepted = accepted;
    }

    @Override
    public AsciiString scheme() {
      return plaintext.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler http2) {
      http2.connection().addListener(new WiderWindow(http2.connection()));
      return new Doorkeeper(accepted, plaintext.newHandler(http2));
    }

    @Override
    public void close() {
      plaintext.close();
    }
  }

  /** Looks at who connects, then makes way for the protocol. */
  private static final class Doorkeeper extends ChannelInboundHandlerAdapter {
    private final Predicate<Channel> accepted;
    private final ChannelHandler protocol;

    Doorkeeper(Predicate<Channel> accepted, ChannelHandler protocol) {
      this.accepted = accepted;
      this.protocol = protocol;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do once it is closed
    public void handlerAdded(ChannelHandlerContext context) {
      if (accepted.test(context.channel())) {
        context.pipeline().replace(this, null, protocol);
      } else {
        LOG.log(System.Logger.Level.WARNING, "closed a connection of another user");
        var _ = context.close();
      }
    }
  }

  /** Widens the connection's window when its first call begins, since gRPC has no setting. */
  private static final class WiderWindow extends Http2ConnectionAdapter {
    private final Http2Connection connection;
    private boolean widened;

    WiderWindow(Http2Connection connection) {
      this.connection = connection;
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
      if (widened) {
        return;
      }
      widened = true;
      try {
        connection
            .local()
            .flowController()
            .incrementWindowSize(
                connection.connectionStream(), CONNECTION_WINDOW_BYTES - CALL_WINDOW_BYTES);
      } catch (Http2Exception e) {
        LOG.log(System.Logger.Level.WARNING, "the window of a connection stays narrow", e);
      }
    }
  }
}

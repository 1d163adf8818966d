package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import io.aifs.client.ClientOptions.Endpoint;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Opens Netty channels to endpoints and makes clients of them. */
public final class ChannelOpener {
  /** What may be under way unread: hides the way between the ends of a fast link. */
  private static final int FLOW_CONTROL_WINDOW_BYTES = 4 << 20;

  /** Room for the details of errors. */
  private static final int METADATA_BYTES_MAX = 64 << 10;

  /** Over five minutes, which servers with gRPC's defaults allow. */
  private static final int KEEP_ALIVE_SECONDS = 330;

  /**
   * A client of the endpoint that {@code options} name. Connects with the first call.
   *
   * @throws AifsException.InvalidRequest if the endpoint is not on this machine
   */
  public static AifsClient connect(ClientOptions options) {
    Endpoint endpoint = options.endpoint();
    Compression compression =
        switch (endpoint) {
          case Endpoint.Tcp _ -> Compression.CALLS;
          case Endpoint.UnixSocket _ -> Compression.NONE;
        };
    ChannelOptions channelOptions = ChannelOptions.of(endpoint.toString(), options, compression);
    return ChannelClients.over(channel(endpoint, EventLoops.SHARED), channelOptions, () -> {});
  }

  static ManagedChannel channel(Endpoint endpoint, EventLoops loops) {
    FrameLog.suppress();
    return switch (endpoint) {
      case Endpoint.Tcp tcp -> tcpChannel(tcp, loops);
      case Endpoint.UnixSocket(Path path) -> unixChannel(path, loops);
    };
  }

  private static ManagedChannel tcpChannel(Endpoint.Tcp endpoint, EventLoops loops) {
    InetSocketAddress address =
        new InetSocketAddress(loopback(endpoint), checkedPort(endpoint.port()));
    return common(NettyChannelBuilder.forAddress(address), loops)
        .channelType(loops.tcpChannel(), InetSocketAddress.class)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  private static ManagedChannel unixChannel(Path path, EventLoops loops) {
    SocketAddress address = loops.unixAddress(path);
    return common(NettyChannelBuilder.forAddress(address), loops)
        .channelType(loops.unixChannel(), address.getClass())
        // gRPC asks for it on every connection; a Unix socket has none, and Netty warns.
        .withOption(ChannelOption.SO_KEEPALIVE, null)
        .overrideAuthority("localhost")
        .build();
  }

  private static NettyChannelBuilder common(NettyChannelBuilder builder, EventLoops loops) {
    return builder
        .eventLoopGroup(loops.group())
        .usePlaintext()
        .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
        .maxInboundMessageSize(Limits.MESSAGE_BYTES_MAX)
        .maxInboundMetadataSize(METADATA_BYTES_MAX)
        .compressorRegistry(ZstdCodec.compressors())
        .decompressorRegistry(ZstdCodec.decompressors())
        // Retries are this client's, which knows what is safe; gRPC's own would copy each frame.
        .disableRetry();
  }

  private static int checkedPort(int port) {
    if (port < 1 || port > 65_535) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID, "server", "port is outside 1..65535: " + port, "");
    }
    return port;
  }

  /** The address that was checked is the one that is used: a name may change its mind. */
  private static InetAddress loopback(Endpoint.Tcp endpoint) {
    InetAddress[] addresses = addresses(endpoint);
    for (InetAddress address : addresses) {
      if (!address.isLoopbackAddress()) {
        throw new AifsException.InvalidRequest(
            Reason.ADDRESS_INVALID,
            "server",
            endpoint.host()
                + " is another machine, and the token and the data would travel in clear",
            "TLS is not built yet: use 127.0.0.1, through an SSH tunnel if need be");
      }
    }
    return addresses[0];
  }

  private static InetAddress[] addresses(Endpoint.Tcp endpoint) {
    try {
      return InetAddress.getAllByName(endpoint.host());
    } catch (UnknownHostException e) {
      throw new AifsException.Unavailable(
          Reason.SERVER_UNAVAILABLE,
          endpoint + " cannot be reached: the host is unknown",
          "check the server's address",
          e);
    }
  }

  private ChannelOpener() {}
}

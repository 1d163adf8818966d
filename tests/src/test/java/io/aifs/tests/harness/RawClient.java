package io.aifs.tests.harness;

import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;

/** Plain generated stubs: what a client can send that ours never would. */
public final class RawClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Metadata headers = new Metadata();

  public RawClient(ServerProcess server, String token) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    headers.put(AUTHORIZATION, "Bearer " + token);
  }

  public AIFSGrpc.AIFSBlockingStub blocking() {
    return AIFSGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  public TreeGrpc.TreeBlockingStub tree() {
    return TreeGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** All that the server counts, in both forms. */
  public String metrics() {
    MetricsResponse metrics =
        MetricsGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .getMetrics(MetricsRequest.getDefaultInstance());
    return metrics.getPrometheusMetrics() + metrics.getOpentelemetryMetrics();
  }

  public AIFSGrpc.AIFSStub streaming() {
    return AIFSGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** The connection goes away, whatever is under way on it. */
  public void vanish() {
    channel.shutdownNow();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

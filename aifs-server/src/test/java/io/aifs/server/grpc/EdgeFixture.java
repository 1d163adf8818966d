package io.aifs.server.grpc;

import io.aifs.client.internal.ZstdCodec;
import io.aifs.core.Limits;
import io.aifs.server.TestStore;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.grpc.transport.Patience;
import io.aifs.server.model.CallRates;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** An edge over a new store, and channels to it. */
public final class EdgeFixture implements AutoCloseable {
  private static final AtomicLong NAMES = new AtomicLong();

  private final TestStore store;
  private final GrpcEdge edge;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private EdgeFixture(TestStore store, GrpcEdge edge) {
    this.store = store;
    this.edge = edge;
  }

  /** What a test may want to be different. */
  public record Options(
      boolean dev,
      long budgetBytes,
      long uploadWaitMillis,
      long stallMillis,
      CallRates tokens,
      Patience patience) {
    public static final Options DEFAULT =
        new Options(
            false,
            Limits.INBOUND_BUDGET_BYTES,
            30_000,
            Limits.STALL_MILLIS,
            CallRates.NONE,
            Patience.DEFAULT);

    Options withDev() {
      return new Options(true, budgetBytes, uploadWaitMillis, stallMillis, tokens, patience);
    }

    Options withBudget(long bytes) {
      return new Options(dev, bytes, uploadWaitMillis, stallMillis, tokens, patience);
    }

    Options withUploadWait(long millis) {
      return new Options(dev, budgetBytes, millis, stallMillis, tokens, patience);
    }

    Options withStall(long millis) {
      return new Options(dev, budgetBytes, uploadWaitMillis, millis, tokens, patience);
    }

    Options withTokens(CallRates rates) {
      return new Options(dev, budgetBytes, uploadWaitMillis, stallMillis, rates, patience);
    }

    Options withPatience(Patience other) {
      return new Options(dev, budgetBytes, uploadWaitMillis, stallMillis, tokens, other);
    }
  }

  static EdgeFixture open(Path directory) {
    return open(directory, Options.DEFAULT);
  }

  static EdgeFixture open(Path directory, Options options) {
    Clock clock = Clock.systemUTC();
    return over(TestStore.create(directory, clock), options, clock);
  }

  /** An edge over a store that is open already, and is closed with it. */
  public static EdgeFixture over(TestStore store, Options options, Clock clock) {
    return over(store, options, clock, TestTokens.verifier());
  }

  /** The same, with tokens that are not {@link TestTokens}. */
  static EdgeFixture over(TestStore store, Options options, Clock clock, TokenVerifier verifier) {
    AtomicLong requests = new AtomicLong();
    EdgeSettings settings =
        new EdgeSettings(
            verifier,
            options.budgetBytes(),
            options.uploadWaitMillis(),
            options.stallMillis(),
            options.tokens(),
            clock,
            () -> "request-" + requests.incrementAndGet());
    EdgeFacts facts = new EdgeFacts("0.0.test", options.dev(), Map.of("port", 0));
    return new EdgeFixture(
        store, new GrpcEdge(store.engine(), facts, settings, options.patience()));
  }

  public Engine engine() {
    return store.engine();
  }

  GrpcEdge edge() {
    return edge;
  }

  /** Every RPC that is served. */
  public List<? extends MethodDescriptor<?, ?>> methods() {
    return edge.methods();
  }

  /** A channel over TCP. */
  ManagedChannel tcp() throws IOException {
    InetSocketAddress address = edge.listenTcp("127.0.0.1", 0);
    return keep(
        NettyChannelBuilder.forAddress(address)
            .usePlaintext()
            .compressorRegistry(ZstdCodec.compressors())
            .decompressorRegistry(ZstdCodec.decompressors())
            .maxInboundMessageSize(Limits.MESSAGE_BYTES_MAX)
            .build());
  }

  /** A channel inside the process. */
  public ManagedChannel inProcess() throws IOException {
    String name = "edge-test-" + NAMES.incrementAndGet();
    edge.listenInProcess(name);
    return keep(InProcessChannelBuilder.forName(name).build());
  }

  private ManagedChannel keep(ManagedChannel channel) {
    channels.add(channel);
    return channel;
  }

  /** The same channel with metadata on every call. */
  public static Channel with(Channel channel, String... keysAndValues) {
    Metadata metadata = new Metadata();
    for (int at = 0; at < keysAndValues.length; at += 2) {
      metadata.put(
          Metadata.Key.of(keysAndValues[at], Metadata.ASCII_STRING_MARSHALLER),
          keysAndValues[at + 1]);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  static Channel withToken(Channel channel, String token) {
    return with(channel, "authorization", "Bearer " + token);
  }

  @Override
  public void close() throws IOException {
    channels.forEach(ManagedChannel::shutdownNow);
    edge.close();
    store.close();
  }
}

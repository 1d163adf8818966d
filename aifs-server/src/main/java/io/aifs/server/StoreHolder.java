package io.aifs.server;

import io.aifs.client.AifsClient;
import io.aifs.client.internal.ChannelClients;
import io.aifs.client.internal.ChannelOptions;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.Version;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.audit.AuditKeeper;
import io.aifs.server.grpc.EdgeFacts;
import io.aifs.server.grpc.EdgeSettings;
import io.aifs.server.grpc.GrpcEdge;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.StoreLock;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** This process holding a data directory: its lock, the open store, and the servers over it. */
final class StoreHolder implements AutoCloseable {
  private static final long LINGER_MILLIS = 60_000;

  private final StoreOptions options;
  private final StoreLock lock;
  private final OpenStore store;
  private final GrpcEdge edge;
  private final Thread socketStart;
  private final String inProcessName;

  private StoreHolder(
      StoreOptions options, StoreLock lock, OpenStore store, GrpcEdge edge, RandomBytes random) {
    this.options = options;
    this.lock = lock;
    this.store = store;
    this.edge = edge;
    this.inProcessName = "aifs-" + HexFormat.of().formatHex(random.next(16));
    this.socketStart = Thread.ofPlatform().daemon().name("aifs-holder").unstarted(this::listenUnix);
  }

  /**
   * Takes the directory and opens the store; empty at once if another process has it.
   *
   * @param dev whether calls need no token
   */
  static Optional<StoreHolder> tryHold(
      StoreOptions options,
      boolean dev,
      long inboundBudgetBytes,
      TokenLimits tokens,
      JobSettings jobs) {
    try {
      new DataDirectory(options.dataDirectory()).requireFormat();
      Optional<StoreLock> lock = StoreLock.tryAcquire(options.dataDirectory());
      if (lock.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(open(options, lock.get(), dev, inboundBudgetBytes, tokens, jobs));
      } catch (IOException | RuntimeException e) {
        lock.get().close();
        throw e;
      }
    } catch (IOException e) {
      throw RootKeys.failed("opening " + options.dataDirectory() + " failed", e);
    }
  }

  private static StoreHolder open(
      StoreOptions options,
      StoreLock lock,
      boolean dev,
      long inboundBudgetBytes,
      TokenLimits tokens,
      JobSettings jobs)
      throws IOException {
    Clock clock = Wiring.clock();
    RandomBytes random = Wiring.randomBytes();
    OpenStore store = OpenStore.open(options, jobs, clock, random);
    AuditKeeper.start(store.engine().audit());
    try {
      GrpcEdge edge = edge(store, dev, inboundBudgetBytes, tokens, clock, random);
      StoreHolder holder = new StoreHolder(options, lock, store, edge, random);
      edge.listenInProcess(holder.inProcessName);
      holder.socketStart.start();
      return holder;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static GrpcEdge edge(
      OpenStore store,
      boolean dev,
      long inboundBudgetBytes,
      TokenLimits tokens,
      Clock clock,
      RandomBytes random) {
    EdgeFacts facts =
        new EdgeFacts(
            Version.VALUE,
            dev,
            Map.of(
                "dev",
                dev,
                "inbound_budget_bytes",
                inboundBudgetBytes,
                "limits_token_calls_per_second",
                tokens.callsPerSecond(),
                "limits_token_concurrent_calls",
                tokens.concurrentCalls(),
                "limits_token_bytes_per_second",
                tokens.bytesPerSecond(),
                "limits_token_searches_per_second",
                tokens.searchesPerSecond()));
    EdgeSettings settings =
        EdgeSettings.of(
            store.tokenVerifier(),
            inboundBudgetBytes,
            tokens.rates(),
            clock,
            () -> HexFormat.of().formatHex(random.next(16)));
    return new GrpcEdge(store.engine(), facts, settings);
  }

  /** In the background: a short command need not wait for a socket that nobody may want. */
  private void listenUnix() {
    try {
      Path socket = new DataDirectory(options.dataDirectory()).socket(store.storeId());
      edge.listenUnix(socket);
      lock.publish(ProcessHandle.current().pid(), socket);
    } catch (IOException e) {
      System.getLogger("aifs")
          .log(System.Logger.Level.WARNING, "other commands cannot share the store: " + e);
    }
  }

  /** From now on the store looks after itself: for who serves it, not for a short command. */
  void startJobs() {
    store.keepReserve();
    store.engine().jobs().start();
    store.engine().indexes().start();
  }

  InetSocketAddress listenTcp(String host, int port) {
    try {
      return edge.listenTcp(host, port);
    } catch (IOException e) {
      throw new AifsException.Unavailable(
          Reason.IO_FAILED,
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(),
          "choose another port with --listen, or end what uses this one",
          e);
    }
  }

  /** A client inside this process; closing it closes the holder. */
  AifsClient client() {
    return ChannelClients.over(
        InProcessChannelBuilder.forName(inProcessName)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build(),
        ChannelOptions.embedded(
            options.namespace(), options.token().or(() -> Optional.of(store.adminToken()))),
        this::closeAfterOthers);
  }

  /** Lets the commands that came through this one finish first. */
  private void closeAfterOthers() throws InterruptedException, IOException {
    socketStart.join();
    edge.awaitNoConnections(LINGER_MILLIS);
    close(LINGER_MILLIS);
  }

  /** Takes no new calls, lets running ones finish, and closes the store. */
  void close(long drainMillis) throws IOException {
    try (lock) {
      joinSocketStart();
      store.engine().jobs().stop();
      edge.shutdown(drainMillis);
      store.close();
    }
  }

  private void joinSocketStart() {
    try {
      socketStart.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    close(0);
  }
}

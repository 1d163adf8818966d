package io.aifs.server.grpc;

import io.aifs.client.internal.ZstdCodec;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.MemoryBudget;
import io.aifs.server.grpc.flow.ReplyCompression;
import io.aifs.server.grpc.flow.StallWatch;
import io.aifs.server.grpc.flow.UploadSlots;
import io.aifs.server.grpc.gate.CallGuard;
import io.aifs.server.grpc.gate.TokenInterceptor;
import io.aifs.server.grpc.metrics.CallCounter;
import io.aifs.server.grpc.metrics.Counters;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Everything that a server of any transport carries: services, the gate, limits and counters. */
final class EdgeServices {
  private static final System.Logger LOG = System.getLogger(EdgeServices.class.getName());
  private static final long LOOK_MILLIS = 5_000;

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("aifs-call-", 0).factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("aifs-edge-timer").daemon().factory());
  private final ServingState state = new ServingState();
  private final MemoryBudget budget;
  private final Counters counters = new Counters();
  private final Traffic traffic;
  private final CallGuard guard;
  private final TokenInterceptor tokens;
  private final List<ServerServiceDefinition> services;

  EdgeServices(
      Engine engine, EdgeFacts facts, EdgeSettings settings, Supplier<List<String>> addresses) {
    traffic = engine.traffic();
    long budgetBytes = budgetBytes(settings);
    budget = new MemoryBudget(budgetBytes);
    guard = new CallGuard(settings.requestIds());
    tokens = new TokenInterceptor(settings.verifier(), facts.dev());
    StallWatch stalls = new StallWatch(timer, settings.stallMillis());
    UploadSlots slots =
        new UploadSlots(UploadSlots.fitting(budgetBytes), settings.uploadWaitMillis());
    Namespaces namespaces = new Namespaces(engine.namespaces());
    NamespaceCalls namespaceCalls =
        new NamespaceCalls(engine.namespaces(), engine.history().snapshots());
    SnapshotCalls snapshotCalls = new SnapshotCalls(engine.history(), namespaces);
    RefCalls refCalls = new RefCalls(engine.history().refs(), engine.history().tags(), namespaces);
    Streams streams = new Streams(executor, stalls);
    Uploads uploads = new Uploads(engine.assets(), namespaces, slots, stalls, executor);
    AssetCalls assetCalls =
        new AssetCalls(engine.assets(), engine.deletes(), engine.verifier(), namespaces);
    ServerMetrics metrics = new ServerMetrics(counters, budget, slots);
    MaintenanceGrpcService.ServerStatus status =
        new MaintenanceGrpcService.ServerStatus(facts, engine.status(), addresses);
    services =
        List.of(
            new AifsGrpcService(uploads, assetCalls, namespaceCalls, snapshotCalls, refCalls)
                .bindService(),
            new HistoryGrpcService(engine.history(), namespaces).bindService(),
            new ContentGrpcService(engine.assets(), engine.paths(), namespaces, streams, uploads)
                .bindService(),
            new TreeGrpcService(engine.paths(), engine.tree(), engine.files(), namespaces)
                .bindService(),
            new MaintenanceGrpcService(
                    engine.checks(),
                    new CollectionCalls(
                        engine.collections(), engine.revivals(), namespaces, streams),
                    engine.paths(),
                    namespaces,
                    streams,
                    status,
                    new JobCalls(engine.jobs()))
                .bindService(),
            new RefsGrpcService(
                    engine.history(),
                    new SigningKeyCalls(engine.signingKeys(), namespaces),
                    namespaces)
                .bindService(),
            new AdminGrpcService(namespaceCalls, snapshotCalls).bindService(),
            new HealthGrpcService(state, engine.status()).bindService(),
            new IntrospectGrpcService(facts).bindService(),
            new MetricsGrpcService(metrics, facts, engine.status(), settings.clock()).bindService(),
            new FormatGrpcService(
                    engine.status(), engine.namespaces(), engine.history().snapshots())
                .bindService(),
            state.standardService().bindService(),
            ProtoReflectionServiceV1.newInstance().bindService(),
            oldReflection().bindService());
  }

  /**
   * What is configured, unless this process is too small for it: a message takes its size up to
   * twice in the connection's buffers, and once more when it is parsed.
   */
  private static long budgetBytes(EdgeSettings settings) {
    return Math.min(settings.messageBudgetBytes(), Runtime.getRuntime().maxMemory() / 4);
  }

  @SuppressWarnings("deprecation") // existing clients ask by the old name
  private static BindableService oldReflection() {
    return ProtoReflectionService.newInstance();
  }

  /** Puts everything into a server that is being built. */
  void addTo(ServerBuilder<?> builder, boolean compressReplies) {
    services.forEach(builder::addService);
    // What is added last runs first.
    if (compressReplies) {
      builder.intercept(new ReplyCompression(ZstdCodec.ENCODING));
    }
    builder
        .intercept(tokens)
        .intercept(guard)
        .addStreamTracerFactory(CallCounter.factory(counters))
        .addStreamTracerFactory(TrafficTracer.factory(traffic, MaintenanceGrpc.SERVICE_NAME))
        .addStreamTracerFactory(CallCharge.factory(budget))
        .executor(Runnable::run)
        .callExecutor(new CallThreads(executor));
  }

  List<? extends MethodDescriptor<?, ?>> methods() {
    return services.stream()
        .flatMap(service -> service.getMethods().stream())
        .map(ServerMethodDefinition::getMethodDescriptor)
        .toList();
  }

  void drain() {
    state.drain();
  }

  /** Waits for the threads of calls: some may still work for clients that are gone. */
  void close() {
    timer.shutdownNow();
    executor.shutdown();
    try {
      // Never interrupted: that would close the files they write.
      while (!executor.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.INFO, "waiting for calls that still write");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

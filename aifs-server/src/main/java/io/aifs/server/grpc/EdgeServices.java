package io.aifs.server.grpc;

import io.aifs.client.internal.ZstdCodec;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.Versions;
import io.aifs.server.engine.event.EventFeed;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.grpc.audit.CallRecorder;
import io.aifs.server.grpc.audit.LogDoor;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.flow.MemoryBudget;
import io.aifs.server.grpc.flow.ReplyCompression;
import io.aifs.server.grpc.flow.StallWatch;
import io.aifs.server.grpc.flow.UploadSlots;
import io.aifs.server.grpc.gate.CallGuard;
import io.aifs.server.grpc.gate.CheckedRequests;
import io.aifs.server.grpc.gate.LimitGate;
import io.aifs.server.grpc.gate.LiveCalls;
import io.aifs.server.grpc.gate.StoreVersion;
import io.aifs.server.grpc.gate.TokenInterceptor;
import io.aifs.server.grpc.gate.VersionGate;
import io.aifs.server.grpc.limit.CallLimiter;
import io.aifs.server.grpc.metrics.CallCounter;
import io.aifs.server.grpc.metrics.Counters;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.ArrayList;
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
  private final LiveCalls live;
  private final TokenInterceptor tokens;
  private final LimitGate limits;
  private final EventFeed<Event> events;
  private final VersionGate versions;
  private final CallRecorder recorder;
  private final LogDoor logDoor;
  private final AuditGrpcService audit;
  private final List<ServerServiceDefinition> services;

  EdgeServices(
      Engine engine, EdgeFacts facts, EdgeSettings settings, Supplier<List<String>> addresses) {
    traffic = engine.traffic();
    long budgetBytes = budgetBytes(settings);
    budget = new MemoryBudget(budgetBytes);
    guard = new CallGuard(settings.requestIds());
    live = new LiveCalls(settings.verifier());
    tokens = new TokenInterceptor(settings.verifier(), live, facts.dev());
    TokenTimes.begin(timer, executor, live, engine.tokens().uses());
    limits = limits(engine, settings);
    versions = new VersionGate(storeVersion(engine.versions()));
    recorder = new CallRecorder(engine.audit(), settings.clock());
    logDoor = new LogDoor(engine.audit());
    StallWatch stalls = new StallWatch(timer, settings.stallMillis());
    UploadSlots slots =
        new UploadSlots(UploadSlots.fitting(budgetBytes), settings.uploadWaitMillis());
    Namespaces namespaces = new Namespaces(engine.namespaces());
    NamespaceCalls namespaceCalls =
        new NamespaceCalls(engine.namespaces(), engine.history().snapshots());
    SnapshotCalls snapshotCalls = new SnapshotCalls(engine.history(), namespaces);
    RefCalls refCalls = new RefCalls(engine.history().refs(), engine.history().tags(), namespaces);
    Streams streams = new Streams(executor, stalls);
    ScopedReads paths = new ScopedReads(engine.paths());
    Uploads uploads =
        new Uploads(engine.assets(), engine.transactions(), namespaces, slots, stalls, executor);
    audit = new AuditGrpcService(engine.audit(), streams);
    AssetCalls assetCalls =
        new AssetCalls(engine.assets(), engine.deletes(), engine.verifier(), paths, namespaces);
    events = engine.events().feed(EventWire::event, executor);
    SearchCalls searches = new SearchCalls(engine.search(), namespaces);
    PoliciesGrpcService policies = new PoliciesGrpcService(engine.policies(), namespaces);
    ServerMetrics metrics = new ServerMetrics(counters, budget, slots);
    List<BindableService> all =
        new ArrayList<>(
            List.of(
                new AifsGrpcService(
                    uploads,
                    assetCalls,
                    namespaceCalls,
                    snapshotCalls,
                    refCalls,
                    new EventCalls(events, engine.events(), namespaces, executor),
                    searches),
                new ContentGrpcService(engine.assets(), paths, namespaces, streams, uploads),
                new MaintenanceGrpcService(
                    engine.checks(),
                    new CollectionCalls(
                        engine.collections(), engine.revivals(), namespaces, streams),
                    paths,
                    namespaces,
                    streams,
                    new StatusCalls(facts, engine.status(), addresses),
                    new JobCalls(engine.jobs())),
                new AdminGrpcService(namespaceCalls, snapshotCalls, policies),
                policies,
                new MetricsGrpcService(metrics, facts, engine.status(), settings.clock())));
    all.addAll(ofNamespaces(engine, paths, namespaces, streams));
    all.add(search(engine, searches, namespaces, streams));
    all.addAll(ofServer(engine, facts));
    services = all.stream().map(one -> CheckedRequests.of(one.bindService())).toList();
  }

  private static LimitGate limits(Engine engine, EdgeSettings settings) {
    return new LimitGate(
        new CallLimiter(settings.tokenRates(), engine.policies()::rates, System::nanoTime));
  }

  /** Of what is in namespaces. */
  private static List<BindableService> ofNamespaces(
      Engine engine, ScopedReads paths, Namespaces namespaces, Streams streams) {
    return List.of(
        new HistoryGrpcService(engine.history(), namespaces),
        new TreeGrpcService(
            paths, engine.tree(), engine.files(), engine.transactions(), namespaces),
        new RefsGrpcService(
            engine.history(), new SigningKeyCalls(engine.signingKeys(), namespaces), namespaces),
        new LineageGrpcService(engine.lineage(), engine.reasons(), namespaces, streams),
        new TransactionsGrpcService(engine.transactions(), engine.history().resolver(), namespaces),
        new AssociationsGrpcService(engine.associations(), namespaces),
        new TensorsGrpcService(engine.tensors(), paths, namespaces, streams));
  }

  private static BindableService search(
      Engine engine, SearchCalls searches, Namespaces namespaces, Streams streams) {
    return new SearchGrpcService(
        searches,
        new EmbeddingCalls(engine.embeddings(), namespaces),
        new IndexCalls(engine.embeddings(), engine.indexes(), namespaces, streams));
  }

  /** Of the server itself. */
  private List<BindableService> ofServer(Engine engine, EdgeFacts facts) {
    return List.of(
        new HealthGrpcService(state, engine.status()),
        new IntrospectGrpcService(facts),
        new TokensGrpcService(engine.tokens(), live),
        audit,
        new FormatGrpcService(engine.status(), engine.namespaces(), engine.history().snapshots()),
        state.standardService(),
        ProtoReflectionServiceV1.newInstance(),
        oldReflection());
  }

  /**
   * What is configured, unless this process is too small for it: a message takes its size up to
   * twice in the connection's buffers, and once more when it is parsed.
   */
  private static long budgetBytes(EdgeSettings settings) {
    return Math.min(settings.messageBudgetBytes(), Runtime.getRuntime().maxMemory() / 4);
  }

  private static StoreVersion storeVersion(Versions versions) {
    return new StoreVersion() {
      @Override
      public long newest() {
        return versions.newest();
      }

      @Override
      public boolean await(long version, long nanos) throws InterruptedException {
        return versions.await(version, nanos);
      }
    };
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
        .intercept(versions)
        .intercept(logDoor)
        .intercept(limits)
        .intercept(tokens)
        .intercept(guard)
        .intercept(recorder)
        .addStreamTracerFactory(CallCounter.factory(counters))
        .addStreamTracerFactory(TrafficTracer.factory(traffic, MaintenanceGrpc.SERVICE_NAME))
        .addStreamTracerFactory(CallCharge.factory(budget))
        .executor(Runnable::run)
        .callExecutor(new CallThreads(executor, versions));
  }

  List<? extends MethodDescriptor<?, ?>> methods() {
    return services.stream()
        .flatMap(service -> service.getMethods().stream())
        .map(ServerMethodDefinition::getMethodDescriptor)
        .toList();
  }

  void drain() {
    state.drain();
    events.close();
    audit.drain();
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

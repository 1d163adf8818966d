package io.aifs.server.grpc;

import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.server.engine.StatusService;
import io.aifs.server.grpc.metrics.Metric;
import io.aifs.server.grpc.metrics.OtlpJson;
import io.aifs.server.grpc.metrics.PrometheusText;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** {@code aifs.v1.Metrics}: the same figures in two texts. */
final class MetricsGrpcService extends MetricsGrpc.MetricsImplBase {
  private final ServerMetrics metrics;
  private final EdgeFacts facts;
  private final StatusService store;
  private final Clock clock;

  MetricsGrpcService(ServerMetrics metrics, EdgeFacts facts, StatusService store, Clock clock) {
    this.metrics = metrics;
    this.facts = facts;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void getMetrics(MetricsRequest request, StreamObserver<MetricsResponse> observer) {
    StatusService.Status status = store.status();
    List<Metric> figures = metrics.now(status);
    Instant now = clock.instant();
    Replies.send(
        observer,
        MetricsResponse.newBuilder()
            .setPrometheusMetrics(PrometheusText.of(figures))
            .setOpentelemetryMetrics(
                OtlpJson.of(figures, facts.version(), now.minus(status.uptime()), now))
            .build());
  }
}

package io.aifs.server.grpc;

import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.server.grpc.metrics.Metric;
import io.aifs.server.grpc.metrics.OtlpJson;
import io.aifs.server.grpc.metrics.PrometheusText;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.List;

/** {@code aifs.v1.Metrics}: the same figures in two texts. */
final class MetricsGrpcService extends MetricsGrpc.MetricsImplBase {
  private final ServerMetrics metrics;
  private final EdgeFacts facts;
  private final Clock clock;

  MetricsGrpcService(ServerMetrics metrics, EdgeFacts facts, Clock clock) {
    this.metrics = metrics;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void getMetrics(MetricsRequest request, StreamObserver<MetricsResponse> observer) {
    List<Metric> now = metrics.now();
    Replies.send(
        observer,
        MetricsResponse.newBuilder()
            .setPrometheusMetrics(PrometheusText.of(now))
            .setOpentelemetryMetrics(
                OtlpJson.of(now, facts.version(), facts.startedAt(), clock.instant()))
            .build());
  }
}

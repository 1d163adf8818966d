package io.aifs.server.grpc;

import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.grpc.Channel;
import java.util.function.LongPredicate;

/** The server's own figures, as its clients can read them. */
final class Figures {
  private final MetricsGrpc.MetricsBlockingStub metrics;

  /**
   * @param channel carries a token that allows metrics
   */
  Figures(Channel channel) {
    this.metrics = MetricsGrpc.newBlockingStub(channel);
  }

  /** A figure without labels. */
  long get(String name) {
    String text = metrics.getMetrics(MetricsRequest.getDefaultInstance()).getPrometheusMetrics();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no figure " + name + " in\n" + text));
  }

  /** Asks until the figure is so; a test that waits in vain is ended by its timeout. */
  void await(String name, LongPredicate condition) {
    long value = get(name);
    while (!condition.test(value)) {
      value = get(name);
    }
  }
}

package io.aifs.server.grpc.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the server started. Thread-safe. */
public final class Counters {
  private final Map<Call, LongAdder> calls = new ConcurrentHashMap<>();
  private final LongAdder started = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();

  private record Call(String method, String status) {}

  void callStarted() {
    started.increment();
  }

  void callEnded(String method, String status) {
    ended.increment();
    calls.computeIfAbsent(new Call(method, status), _ -> new LongAdder()).increment();
  }

  void received(long bytes) {
    receivedBytes.add(bytes);
  }

  void sent(long bytes) {
    sentBytes.add(bytes);
  }

  /** The figures now, calls in order of method and status. */
  public List<Metric> metrics() {
    List<Metric.Point> points = new ArrayList<>();
    calls.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Call, LongAdder> one) -> one.getKey().method())
                .thenComparing(one -> one.getKey().status()))
        .forEach(one -> points.add(point(one.getKey(), one.getValue().sum())));
    long endedNow = ended.sum();
    return List.of(
        new Metric(
            "aifs_calls_total",
            "Calls that ended, by method and status.",
            Metric.Kind.COUNTER,
            points),
        Metric.gauge("aifs_calls_active", "Calls in progress.", started.sum() - endedNow),
        Metric.counter(
            "aifs_received_bytes_total",
            "Bytes of messages received, as they travelled.",
            receivedBytes.sum()),
        Metric.counter(
            "aifs_sent_bytes_total",
            "Bytes of messages sent, as they travelled.",
            sentBytes.sum()));
  }

  private static Metric.Point point(Call call, long value) {
    return new Metric.Point(Map.of("method", call.method(), "status", call.status()), value);
  }
}

package io.aifs.server.grpc.metrics;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** OTLP metrics as JSON: what an {@code ExportMetricsServiceRequest} looks like in that form. */
public final class OtlpJson {
  private static final int CUMULATIVE = 2;

  private final Instant startedAt;
  private final Instant now;

  private OtlpJson(Instant startedAt, Instant now) {
    this.startedAt = startedAt;
    this.now = now;
  }

  /**
   * The figures of a server.
   *
   * @param startedAt when the counters began
   */
  public static String of(List<Metric> metrics, String version, Instant startedAt, Instant now) {
    OtlpJson json = new OtlpJson(startedAt, now);
    return Json.text(
        Map.of(
            "resourceMetrics",
            List.of(
                object(
                    "resource",
                    Map.of(
                        "attributes",
                        List.of(
                            attribute("service.name", "aifs"),
                            attribute("service.version", version))),
                    "scopeMetrics",
                    List.of(
                        object(
                            "scope",
                            Map.of("name", "io.aifs.server"),
                            "metrics",
                            metrics.stream().map(json::metric).toList()))))));
  }

  private Map<String, Object> metric(Metric metric) {
    List<Map<String, Object>> points = metric.points().stream().map(this::point).toList();
    Map<String, Object> one = object("name", metric.name(), "description", metric.help());
    switch (metric.kind()) {
      case GAUGE -> one.put("gauge", Map.of("dataPoints", points));
      case COUNTER -> {
        Map<String, Object> sum = object("dataPoints", points, "isMonotonic", true);
        sum.put("aggregationTemporality", CUMULATIVE);
        one.put("sum", sum);
      }
    }
    return one;
  }

  private Map<String, Object> point(Metric.Point point) {
    List<Map<String, Object>> attributes =
        new TreeMap<>(point.labels())
            .entrySet().stream().map(label -> attribute(label.getKey(), label.getValue())).toList();
    Map<String, Object> one =
        object("startTimeUnixNano", nanos(startedAt), "timeUnixNano", nanos(now));
    one.put("attributes", attributes);
    one.put("asInt", Long.toString(point.value())); // 64-bit numbers are strings in this form
    return one;
  }

  private static Map<String, Object> attribute(String key, String value) {
    return object("key", key, "value", Map.of("stringValue", value));
  }

  private static String nanos(Instant instant) {
    long seconds = TimeUnit.SECONDS.toNanos(instant.getEpochSecond());
    return Long.toString(seconds + instant.getNano());
  }

  private static Map<String, Object> object(
      String key1, Object value1, String key2, Object value2) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(key1, value1);
    object.put(key2, value2);
    return object;
  }
}

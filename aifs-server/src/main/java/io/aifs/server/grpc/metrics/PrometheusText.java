package io.aifs.server.grpc.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prometheus' text format 0.0.4. */
public final class PrometheusText {
  private PrometheusText() {}

  public static String of(List<Metric> metrics) {
    StringBuilder text = new StringBuilder();
    for (Metric metric : metrics) {
      text.append("# HELP ").append(metric.name()).append(' ').append(metric.help()).append('\n');
      text.append("# TYPE ")
          .append(metric.name())
          .append(' ')
          .append(metric.kind().name().toLowerCase(Locale.ROOT))
          .append('\n');
      for (Metric.Point point : metric.points()) {
        text.append(metric.name())
            .append(labels(point.labels()))
            .append(' ')
            .append(point.value())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}

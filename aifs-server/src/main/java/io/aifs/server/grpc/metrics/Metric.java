package io.aifs.server.grpc.metrics;

import java.util.List;
import java.util.Map;

/**
 * A named figure at one moment.
 *
 * @param name in Prometheus' form; a counter's ends in {@code _total}
 */
public record Metric(String name, String help, Kind kind, List<Point> points) {
  public Metric {
    points = List.copyOf(points);
  }

  /** Whether a figure only grows, or goes up and down. */
  public enum Kind {
    COUNTER,
    GAUGE
  }

  /** One value under its labels. */
  public record Point(Map<String, String> labels, long value) {
    public Point {
      labels = Map.copyOf(labels);
    }
  }

  /** A figure without labels. */
  public static Metric gauge(String name, String help, long value) {
    return new Metric(name, help, Kind.GAUGE, List.of(new Point(Map.of(), value)));
  }

  /** A figure without labels that only grows. */
  public static Metric counter(String name, String help, long value) {
    return new Metric(name, help, Kind.COUNTER, List.of(new Point(Map.of(), value)));
  }
}

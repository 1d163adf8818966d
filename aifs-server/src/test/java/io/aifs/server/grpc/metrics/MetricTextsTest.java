package io.aifs.server.grpc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricTextsTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void prometheusTextNamesTypeAndLabels() {
    Metric calls =
        new Metric(
            "calls_total",
            "Calls.",
            Metric.Kind.COUNTER,
            List.of(new Metric.Point(Map.of("status", "O\"K\\\n", "method", "a/B"), 3)));

    assertThat(PrometheusText.of(List.of(calls, Metric.gauge("open", "Open.", -1))))
        .isEqualTo(
            """
            # HELP calls_total Calls.
            # TYPE calls_total counter
            calls_total{method="a/B",status="O\\"K\\\\\\n"} 3
            # HELP open Open.
            # TYPE open gauge
            open -1
            """);
  }

  @Test
  void otlpTellsSumsAndGauges() {
    String json =
        OtlpJson.of(
            List.of(Metric.counter("c_total", "C.", 5), Metric.gauge("g", "G.", 7)),
            "1.2",
            START,
            START.plusSeconds(1));

    assertThat(json)
        .startsWith("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[")
        .contains("{\"key\":\"service.version\",\"value\":{\"stringValue\":\"1.2\"}}")
        .contains(
            "{\"name\":\"c_total\",\"description\":\"C.\",\"sum\":{\"dataPoints\":[{"
                + "\"startTimeUnixNano\":\"1795255200000000000\","
                + "\"timeUnixNano\":\"1795255201000000000\",\"attributes\":[],\"asInt\":\"5\"}],"
                + "\"isMonotonic\":true,\"aggregationTemporality\":2}}")
        .contains("\"gauge\":{\"dataPoints\":[{")
        .contains("\"asInt\":\"7\"");
  }

  @Test
  void countersGoUpByMethodAndStatus() {
    Counters counters = new Counters();
    counters.callStarted();
    counters.callStarted();
    counters.callStarted();
    counters.callEnded("s/M", "OK");
    counters.callEnded("s/M", "OK");
    counters.received(10);
    counters.sent(20);

    String text = PrometheusText.of(counters.metrics());

    assertThat(text)
        .contains("aifs_calls_total{method=\"s/M\",status=\"OK\"} 2\n")
        .contains("aifs_calls_active 1\n")
        .contains("aifs_received_bytes_total 10\n")
        .contains("aifs_sent_bytes_total 20\n");
  }

  @Test
  void jsonEscapesWhatItMust() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("a\"b", List.of("x\\y\n\t", 1, true));
    object.put("emoji", "\uD83D\uDE00é");

    assertThat(Json.text(object))
        .isEqualTo("{\"a\\\"b\":[\"x\\\\y\\n\\u0009\",1,true],\"emoji\":\"\\ud83d\\ude00é\"}");
    assertThatThrownBy(() -> Json.text(START)).isInstanceOf(IllegalArgumentException.class);
  }
}

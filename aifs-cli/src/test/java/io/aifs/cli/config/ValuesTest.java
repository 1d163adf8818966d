package io.aifs.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "30d, PT720H", "7, PT7S"})
  void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "0", "0ms", "1w", "1.5s", "9999999999s"})
  void otherDurationsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1, localhost, 1, true",
    "127.0.0.1, 127.0.0.1, 50051, true",
    "127.1.2.3:0, 127.1.2.3, 0, true",
    "[::1]:5, ::1, 5, true",
    "[2001:db8::1]:5, 2001:db8::1, 5, false",
    "store.example.org:65535, store.example.org, 65535, false",
    "127.example.org:1, 127.example.org, 1, false",
  })
  void hostsAndPortsAreRead(String text, String host, int port, boolean loopback) {
    HostPort parsed = HostPort.parse(text);
    assertThat(parsed).isEqualTo(new HostPort(host, port));
    assertThat(parsed.isLoopback()).isEqualTo(loopback);
    assertThat(HostPort.parse(parsed.toString())).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "a:b", "a:70000", "::1", "http://a:1", "a b:1", "[a]:1"})
  void otherHostsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
  }
}

package io.aifs.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherPropertiesTest {
  private static int columns(String reported) {
    Properties properties = new Properties();
    properties.setProperty("aifs.columns", reported);
    return LauncherProperties.of(properties).columns();
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "80, 80", "20, 20", "19, 20", "1, 20", "9999, 9999"})
  void aTerminalIsAsWideAsItSaysButNeverTooNarrowForALine(String reported, int columns) {
    assertThat(columns(reported)).isEqualTo(columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "", "-1", "wide", "10000"})
  void aWidthThatCannotBeCountsAs80(String reported) {
    assertThat(columns(reported)).isEqualTo(80);
  }

  @Test
  void withoutALauncherNothingIsATerminal() {
    assertThat(LauncherProperties.of(new Properties())).isEqualTo(LauncherProperties.NONE);
  }
}

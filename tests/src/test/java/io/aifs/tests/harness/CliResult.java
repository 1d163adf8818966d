package io.aifs.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a finished command said. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CliResult(List<String> arguments, int exit, byte[] output, String errors) {
  public String text() {
    return new String(output, StandardCharsets.UTF_8);
  }

  /** Fails the test, showing all that the command said, unless it ended with {@code code}. */
  public CliResult requireExit(int code) {
    assertThat(exit)
        .as("exit code of aifs %s%nstdout: %s%nstderr: %s", arguments, shortened(text()), errors)
        .isEqualTo(code);
    return this;
  }

  private static String shortened(String text) {
    return text.length() <= 4_000 ? text : text.substring(0, 4_000) + "...";
  }
}

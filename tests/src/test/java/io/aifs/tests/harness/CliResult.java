package io.aifs.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a finished command said. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CliResult(List<String> arguments, int exit, byte[] output, String errors) {
  /** The JVM's own greeting, which the launcher keeps away from the user. */
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  public String text() {
    return new String(output, StandardCharsets.UTF_8);
  }

  /** Fails the test, showing all that the command said, unless it ended with {@code code}. */
  public CliResult requireExit(int code) {
    assertThat(exit)
        .as("exit code of aifs %s%nstdout: %s%nstderr: %s", arguments, shortened(text()), errors)
        .isEqualTo(code);
    assertThat(errors.replace(INCUBATOR, ""))
        .as("what libraries say to the user of aifs %s", arguments)
        .doesNotContain("WARNING: ");
    return this;
  }

  private static String shortened(String text) {
    return text.length() <= 4_000 ? text : text.substring(0, 4_000) + "...";
  }
}

package io.aifs.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a command line did: its exit code and what it printed. */
public record CommandRun(int exit, String out, String err) {
  public CommandRun ends(ExitCode expected) {
    assertThat(exit).as("exit code; err: %s", err).isEqualTo(expected.code());
    return this;
  }

  public CommandRun prints(String expected) {
    assertThat(out).contains(expected);
    return this;
  }

  public CommandRun complains(String expected) {
    assertThat(err).contains(expected);
    return this;
  }

  /** Standard output as one JSON document. */
  public JsonNode json() {
    return parse(out);
  }

  /** The {@code error} of standard error's last line. */
  public JsonNode error() {
    return parse(err.lines().toList().getLast()).get("error");
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}

package io.aifs.cli.command;

import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How many rows a list has at most. */
final class CountLimit {
  @Option(
      names = {"-n", "--max-count"},
      paramLabel = "N",
      description = "at most so many (default: all)")
  private long count = Long.MAX_VALUE;

  <T> Stream<T> of(Stream<T> rows) {
    if (count < 0) {
      throw Usage.error("-n is negative: " + count, "give how many you want to see");
    }
    return rows.limit(count);
  }
}

package io.aifs.cli.output;

import java.util.Arrays;
import java.util.Locale;

/** How results are written to standard output. */
public enum OutputMode {
  /** For people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** One JSON object on each line. */
  JSONL;

  /**
   * @throws IllegalArgumentException if there is no such mode
   */
  public static OutputMode named(String name) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("output is not table, json or jsonl"));
  }
}

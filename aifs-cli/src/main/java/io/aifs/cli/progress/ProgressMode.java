package io.aifs.cli.progress;

import java.util.Arrays;
import java.util.Locale;

/** How progress is shown on standard error. */
public enum ProgressMode {
  /** A bar on a terminal, nothing elsewhere. */
  AUTO,
  /** One line that is drawn over and over. */
  BAR,
  /** A new line now and then, for logs. */
  PLAIN,
  NONE;

  /**
   * @throws IllegalArgumentException if there is no such mode
   */
  public static ProgressMode named(String name) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not auto, bar, plain or none"));
  }

  /** What {@link #AUTO} means here. */
  public ProgressMode on(boolean terminal) {
    return this == AUTO ? (terminal ? BAR : NONE) : this;
  }
}

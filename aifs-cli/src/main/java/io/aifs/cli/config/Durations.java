package io.aifs.cli.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|)");

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 30d}, or a number of seconds.
   *
   * @throws IllegalArgumentException if it is none of these, or zero
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("duration is not like 30s: " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    if (count == 0) {
      throw new IllegalArgumentException("duration is zero");
    }
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofSeconds(count);
    };
  }

  /** Reads what {@link #parse} does, or {@code 0}. */
  public static Duration parseOrZero(String text) {
    return text.equals("0") ? Duration.ZERO : parse(text);
  }

  private Durations() {}
}

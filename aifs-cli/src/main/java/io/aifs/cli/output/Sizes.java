package io.aifs.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Sizes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int STEP = 1_024;

  /** {@code 17 B}, {@code 1.5 KiB}, {@code 230 MiB}: at most three digits before the unit. */
  public static String bytes(long count) {
    double value = count;
    int unit = 0;
    while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String pattern = unit > 0 && value < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, pattern, value, UNITS[unit]);
  }

  /** {@code 1,234,567}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 file}, {@code 2,000 files}. */
  public static String count(long count, String noun) {
    String plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    return count(count) + " " + (count == 1 ? noun : plural);
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 3m05s}, {@code 2h07m}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1_000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds / 60 % 60);
  }

  /** {@code 37 %}; of nothing it is all. */
  public static String share(long part, long whole) {
    return whole == 0
        ? "100 %"
        : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole).replace(".0 %", " %");
  }

  private Sizes() {}
}
